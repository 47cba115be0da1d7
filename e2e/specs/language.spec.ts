import type { Page } from '@playwright/test';
import { STATIONS, type App } from '../pages/app.ts';
import { allWords, overflowing } from '../pages/fit.ts';
import { expect, test } from '../pages/fixtures.ts';
import { LANGUAGES, patterns, say, speak, type Language } from '../pages/words.ts';

const TABS = ['scores', 'threshold', 'calibration', 'mistakes', 'map', 'changes', 'runs'] as const;
const WIDTHS = [768, 1280];

const expectSpoken = async (page: Page, app: App, language: Language) => {
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page).toHaveTitle(say('title', {}, language));
  await expect(app.nav('train')).toContainText(say('station.train', {}, language));
  await expect(app.bar.language).toHaveValue(language);
};

const openIn = async (page: Page, app: App, link: string, language: Language) => {
  speak(language);
  await app.open(link);
  await expectSpoken(page, app, language);
};

for (const [locale, language] of [
  ['es-ES', 'es'],
  ['es-MX', 'es'],
  ['en-GB', 'en'],
  ['fr-FR', 'en'],
] as const) {
  test.describe(`a browser set to ${locale}`, () => {
    test.use({ locale });

    test(`gets the page in ${language}`, async ({ app, page }) => {
      await openIn(page, app, '?side=64', language);
    });
  });
}

test.describe('a browser set to Spanish', () => {
  test.use({ locale: 'es-ES' });

  test('gives way to the link, and to what was chosen', async ({ app, page }) => {
    await openIn(page, app, '?side=64&lang=en', 'en');
    await openIn(page, app, '?side=64&lang=tlh', 'es');
    await app.bar.choose('en');
    await expectSpoken(page, app, 'en');
    await openIn(page, app, '?side=64', 'en');
    // A link comes before an earlier choice, and a later choice before the link.
    await openIn(page, app, '?lang=es&side=64', 'es');
    await app.bar.choose('en');
    await expect(page).toHaveURL(/\?lang=en&side=64$/);
    await page.reload();
    await app.expectFilms(192);
    await expectSpoken(page, app, 'en');
  });

  test('speaks Spanish before the page starts and where it cannot', async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
    await page.goto('');
    await expect(page.getByRole('alert')).toContainText('Firstread necesita WebAssembly');
    await expect(page.getByText('Firstread needs WebAssembly')).toBeHidden();
    await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  });
});

test('the languages name themselves, each in its own', async ({ app }) => {
  await app.open('?side=64');
  await expect(app.bar.language).toHaveAccessibleName(say('bar.language'));
  await expect(app.bar.language.locator('option')).toHaveText(['English', 'Español']);
  for (const language of LANGUAGES) {
    await expect(app.bar.language.locator(`option[lang="${language}"]`)).toHaveCount(1);
  }
});

test('a switch in the middle of training loses no step', async ({ app }) => {
  await app.open('?side=64&seed=3');
  await app.go('train');
  // Six are over before a language can be chosen.
  await app.train.set('epochs', 100);
  await app.train.setting('fine-tuning').uncheck();
  await app.train.start();
  await app.train.expectTrained();
  const undisturbed = await app.train.epochTable();

  await app.train.again.click();
  await app.train.expectUnderWay();
  await app.bar.choose('es');
  await app.train.expectUnderWay();
  await app.bar.choose('en');
  await app.bar.choose('es');
  await app.train.expectTrained();
  const numbers = (table: typeof undisturbed) => table.map(({ stage, ...row }) => row);
  const switched = await app.train.epochTable();
  expect(numbers(switched)).toEqual(numbers(undisturbed));
  expect(switched[0]?.stage).toBe(say('train.stage_frozen'));
  await expect(app.train.epochs.first()).toContainText(/\d,\d{4}/);
});

test('a switch in place leaves nothing in English, and nothing overflows', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  await useAll(app);
  await app.bar.choose('es');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await everywhere(app, page, async (place) => {
      expect.soft(await inEnglish(page), `${place} at ${width}`).toEqual([]);
      expect.soft(await overflowing(page), `${place} at ${width}`).toEqual([]);
      if (width === 768) await axeInBothThemes();
    });
  }
});

test('nothing overflows in English either', async ({ app, page }) => {
  await useAll(app);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await everywhere(app, page, async (place) => {
      expect.soft(await overflowing(page), `${place} at ${width}`).toEqual([]);
    });
  }
});

test('before anything is trained, Spanish fits too', async ({ app, page }) => {
  await openIn(page, app, '?side=64&lang=es', 'es');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const station of STATIONS) {
      await app.go(station);
      expect.soft(await overflowing(page), `${station} at ${width}`).toEqual([]);
      expect.soft(await inEnglish(page), `${station} at ${width}`).toEqual([]);
    }
  }
});

test('the lesson, the experiments, the report and the room fit in Spanish', async ({ app, page }) => {
  await openIn(page, app, '?side=64&lang=es', 'es');
  const check = async (place: string) => {
    expect.soft(await overflowing(page), place).toEqual([]);
    expect.soft(await inEnglish(page), place).toEqual([]);
  };
  await page.getByTestId('lesson-begin').click();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const step of await page.locator('[data-testid^="lesson-step-"]').all()) {
      await step.click();
      await check(`${await step.getAttribute('data-testid')} at ${width}`);
    }
    await page.getByTestId('nav-lab').click();
    await check(`experiments at ${width}`);
    for (const place of ['open-report', 'open-room']) {
      await page.getByTestId(place).click();
      await check(`${place} at ${width}`);
      await page.getByTestId('back').click();
    }
  }
});

/** Brings the page to where each station has something to show. */
const useAll = async (app: App) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.train.openAdvanced();
  await app.go('test');
  await app.test.open();
  await app.test.cell(0, 0).click();
  await app.go('try');
  await app.ask.oddFilm('knees').click();
  await app.ask.expectAnswered(1);
};

/** Goes to every station, every tab behind the door, and the dialogs. */
const everywhere = async (app: App, page: Page, look: (place: string) => Promise<void>) => {
  for (const station of STATIONS) {
    await app.go(station);
    if (station !== 'test') await look(station);
  }
  await app.go('test');
  for (const tab of TABS) {
    await app.test.show(tab);
    await look(tab);
  }
  await app.bar.about.click();
  await expect(app.bar.dialog).toBeVisible();
  await look('about');
  await app.bar.closeDialog();
  await app.bar.device.click();
  await look('device');
  await app.bar.closeDialog();
  await app.go('try');
  await app.ask.latest.getByTestId('examine').click();
  await app.panel.expectWhole();
  await look('film panel');
  await page.keyboard.press('Escape');
};

/** Texts that are a sentence of the English file and none of the Spanish one. */
const inEnglish = async (page: Page): Promise<string[]> => {
  // Patterns without words of their own fit almost anything.
  const telling = (language: Language) =>
    [...patterns(language)].filter(([, pattern]) => /[a-z]{3}/i.test(pattern.source));
  const [english, spanish] = [telling('en'), telling('es')];
  return (await allWords(page)).flatMap((words) => {
    const key = english.find(([, pattern]) => pattern.test(words))?.[0];
    const both = spanish.some(([, pattern]) => pattern.test(words));
    return key && !both ? [`${key}: ${words}`] : [];
  });
};
