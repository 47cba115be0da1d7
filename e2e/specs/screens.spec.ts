import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { STATIONS } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const WIDTHS = [768, 1024, 1280];
const THEMES = ['dark', 'light'] as const;

/** For people to look at; not in the repository. */
const screens = new URL('../screens/', import.meta.url);
const picture = (page: Page, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, screens)) });

test.beforeAll(() => mkdirSync(screens, { recursive: true }));

for (const moment of ['before', 'after'] as const) {
  test(`every station fits and is accessible at every width, ${moment} training`, async ({
    app,
    page,
    axe,
  }) => {
    await app.open('?side=64');
    if (moment === 'after') {
      await app.trainBriefly();
      await app.go('test');
      await app.test.open();
      await app.test.cell(0, 0).click();
      await app.go('try');
      await app.ask.oddFilm('knees').click();
      await app.ask.expectAnswered(1);
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      for (const station of STATIONS) {
        await app.go(station);
        expect(await beyond(page), `${station} at ${width}`).toEqual([]);
        for (const colorScheme of THEMES) {
          await page.emulateMedia({ colorScheme });
          await axe();
          await picture(page, `${moment}-${station}-${width}-${colorScheme}`);
        }
      }
    }
  });
}

test('dialogs fit and are accessible at every width', async ({ app, page, axe }) => {
  await app.open('?side=64');
  const dialogs = {
    about: () => app.bar.about.click(),
    device: () => app.bar.device.click(),
    viewer: () => app.look.films.first().click(),
  };
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const [name, open] of Object.entries(dialogs)) {
      await open();
      await expect(app.bar.dialog).toBeVisible();
      expect(await beyond(page), `${name} at ${width}`).toEqual([]);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await axe();
        await picture(page, `${name}-${width}-${colorScheme}`);
      }
      await app.bar.closeDialog();
    }
  }
});

test('the theme that was chosen outlasts a reload', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.open('?side=64');
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await app.bar.theme.click();
  const light = await ground();
  expect(light).not.toBe(dark);
  await expect(app.bar.theme).toHaveText(say('bar.theme_dark'));
  await page.reload();
  await app.expectFilms(192);
  expect(await ground()).toBe(light);
});

test('the theme follows the system until one is chosen', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await app.open('?side=64');
  await expect(app.bar.theme).toHaveText(say('bar.theme_light'));
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(app.bar.theme).toHaveText(say('bar.theme_dark'));
});

/** What reaches beyond the right edge of the window, outermost first. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const reaches = (element: Element) => element.getBoundingClientRect().right > clientWidth + 0.5;
    return [...document.body.querySelectorAll('*')]
      .filter(reaches)
      .map((element) => `${element.tagName} ${element.className}`);
  });
