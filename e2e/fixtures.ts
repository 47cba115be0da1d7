import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type BrowserContext, type ConsoleMessage, type Page } from '@playwright/test';

/**
 * Everything that must not happen on a page, as sentences. A test that provokes a fault on
 * purpose takes what it expects out of the list (`troubles.length = 0`) after looking at it.
 */
export type Troubles = string[];

type Fixtures = {
  troubles: Troubles;
  /** Asserts that axe finds nothing on the page as it is now. */
  axe: () => Promise<void>;
};

export const test = base.extend<Fixtures>({
  troubles: async ({}, use) => {
    const troubles: Troubles = [];
    await use(troubles);
    expect([...new Set(troubles)], 'errors of the page, its workers or its requests').toEqual([]);
  },

  context: async ({ context, troubles, baseURL }, use) => {
    watch(context, troubles, new URL(baseURL ?? 'about:blank').origin);
    await use(context);
  },

  axe: async ({ page }, use) => {
    await use(async () => {
      // To preload style sheets, axe would write some into the page, against its policy.
      const { violations } = await new AxeBuilder({ page }).options({ preload: false }).analyze();
      const found = violations.map(
        ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' ')}`,
      );
      expect(found, 'accessibility').toEqual([]);
    });
  },
});

export { expect };

/**
 * All pages of a browser context with their workers, and its service workers. Console messages of workers arrive with
 * those of their page; a violation of the policy is one of type `error`.
 */
export const watch = (context: BrowserContext, troubles: Troubles, origin: string) => {
  const listen = (message: ConsoleMessage) => {
    if (isTrouble(message)) troubles.push(`console ${message.type()}: ${message.text()}`);
  };
  context.on('console', listen);
  context.on('serviceworker', (worker) => worker.on('console', listen));
  context.on('weberror', (webError) => {
    const error = webError.error();
    troubles.push(`page error: ${error.stack ?? error.message}`);
  });
  const crashes = (page: Page) => page.on('crash', () => troubles.push('the page crashed'));
  context.pages().forEach(crashes);
  context.on('page', crashes);
  context.on('request', (request) => {
    const url = new URL(request.url());
    const own = url.origin === origin || ['blob:', 'data:'].includes(url.protocol);
    if (!own) troubles.push(`request to another origin: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const detail = request.failure()?.errorText;
    // The page was left: it ends no request itself.
    if (detail && ABORTED.includes(detail)) return;
    troubles.push(`request failed: ${request.url()}: ${detail}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
};

/** As Chromium and Firefox say it. */
const ABORTED = ['net::ERR_ABORTED', 'NS_BINDING_ABORTED'];

/** On WebAssembly, a shader that fails validation is only logged, and stale numbers come back. */
const isTrouble = (message: ConsoleMessage) =>
  message.type() === 'error' ||
  message.type() === 'assert' ||
  /content security policy|invalid shadermodule|webgpu.*(error|invalid)/i.test(message.text());
