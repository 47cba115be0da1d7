import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../films.ts';
import { expect, test as base } from '../fixtures.ts';
import { App } from './app.ts';
import { Report } from './report.ts';
import { speak } from './words.ts';

type Fixtures = {
  app: App;
  /** What is behind the door of the test films. */
  report: Report;
  /** Asserts that axe finds nothing on the page as it is now, neither dark nor light. */
  axeInBothThemes: () => Promise<void>;
  /** Writes files to a folder of this test's own, and gives back its path. */
  folder: (name: string, files: Files) => string;
  /** Writes one file, and gives back its path. */
  file: (name: string, bytes: Uint8Array) => string;
};

export const test = base.extend<Fixtures>({
  app: async ({ page }, use) => {
    speak('en');
    await use(new App(page));
  },

  report: async ({ page }, use) => {
    await use(new Report(page));
  },

  axeInBothThemes: async ({ page, axe, browserName }, use) => {
    // WebDriver BiDi cannot tell Firefox which theme its user prefers: it stays light.
    const schemes = browserName === 'firefox' ? (['light'] as const) : (['light', 'dark'] as const);
    await use(async () => {
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        const query = `(prefers-color-scheme: ${colorScheme})`;
        expect(await page.evaluate((query) => matchMedia(query).matches, query), query).toBe(true);
        await axe();
      }
    });
  },

  folder: async ({}, use, testInfo) => {
    await use((name, files) => {
      const folder = testInfo.outputPath(name);
      mkdirSync(folder, { recursive: true });
      for (const [path, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
      }
      return folder;
    });
  },

  file: async ({}, use, testInfo) => {
    await use((name, bytes) => {
      const path = testInfo.outputPath(name);
      writeFileSync(path, bytes);
      return path;
    });
  },
});

export { expect };
