import { chromium, type BrowserContext } from '@playwright/test';
import { launch } from '../browser.mjs';
import { watch } from '../fixtures.ts';
import { Host } from '../host.ts';
import { copyOfSite } from '../site.ts';
import { App } from './app.ts';
import { test as base } from './fixtures.ts';
import { Privacy } from './privacy.ts';
import { speak } from './words.ts';

export type Visit = { context: BrowserContext; app: App; privacy: Privacy };

type Fixtures = {
  /** A server of this test alone, with a copy of the site that may be changed; it runs. */
  host: Host;
  /** Opens a browser, with all that it kept of earlier visits, at the page of `host`; `prepare` comes before that. */
  visit: (prepare?: (context: BrowserContext) => Promise<void>) => Promise<Visit>;
};

export const test = base.extend<Fixtures>({
  host: async ({}, use, testInfo) => {
    const folder = testInfo.outputPath('site');
    copyOfSite(folder);
    const host = new Host(folder);
    await host.start();
    await use(host);
    await host.stop();
  },

  visit: async ({ host, troubles }, use, testInfo) => {
    const { channel, launchOptions } = launch('cpu');
    const open: BrowserContext[] = [];
    await use(async (prepare = async () => {}) => {
      speak('en');
      const context = await chromium.launchPersistentContext(testInfo.outputPath('browser'), {
        ...launchOptions,
        channel,
        baseURL: host.url,
        serviceWorkers: 'allow',
        viewport: { width: 1280, height: 800 },
      });
      open.push(context);
      watch(context, troubles, host.origin);
      await prepare(context);
      const page = context.pages()[0] ?? (await context.newPage());
      await page.goto(host.url);
      const app = new App(page);
      await app.expectFilms(192);
      return { context, app, privacy: new Privacy(page) };
    });
    for (const context of open) await context.close();
  },
});
