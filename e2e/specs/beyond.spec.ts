import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { App } from '../pages/app.ts';
import { Beyond } from '../pages/beyond.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { say } from '../pages/words.ts';

/** A small network on small films, trained for a moment and tested. It reads the average, which noise disturbs more than the grid. */
const tested = async (app: App, link = '?side=64&network=average') => {
  await app.open(link);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  return new Beyond(app.page);
};

const settingsAre = async (app: App, settings: Record<string, number>) => {
  await app.go('train');
  for (const [name, value] of Object.entries(settings)) await app.train.set(name, value);
  await app.train.again.click();
  await app.train.expectTrained();
};

test('the map shows every film, and leads to it by pointer and by keyboard', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const beyond = await tested(app);
  await beyond.go('map');
  await beyond.expectMap(192);
  await expect(beyond.meaning).toContainText('1,280');
  await axeInBothThemes();

  await test.step('what the films are told apart by can be chosen', async () => {
    const patients = ['A', 'B', 'C', 'D', 'E'];
    await beyond.tellApartBy('patient').click();
    for (const patient of patients) {
      await expect(beyond.plot).toContainText(say('beyond.map.patient', { patient }));
    }
    await beyond.tellApartBy('part').click();
    await expect(beyond.plot).toContainText(
      say('beyond.map.group', { name: say('part.training'), n: 116 }),
    );
    await beyond.tellApartBy('error').click();
    const right = (await app.test.confusion()).reduce((sum, row, at) => sum + row[at]!, 0);
    await expect(beyond.plot).toContainText(
      say('beyond.map.group', { name: say('beyond.map.right'), n: right }),
    );
    await axeInBothThemes();
  });

  await test.step('arrow keys go from film to film, and Enter opens one', async () => {
    const keyboard = new Keyboard(page);
    await beyond.plot.focus();
    await keyboard.press('ArrowRight');
    await expect(beyond.film).not.toBeEmpty();
    const first = await beyond.film.textContent();
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowLeft');
    await keyboard.press('ArrowDown');
    await expect(beyond.film).not.toHaveText(first ?? '');
    const name = await beyond.film.textContent();
    await keyboard.press('Enter');
    await expect(app.look.viewer).toContainText(name ?? 'a film');
    await app.bar.closeDialog();
    await expect(beyond.plot).toBeFocused();
  });

  await test.step('the pointer shows a film, and a click opens it', async () => {
    const point = await beyond.points.first().boundingBox();
    await page.mouse.move(point!.x + 3, point!.y + 3);
    const name = await beyond.film.textContent();
    await page.mouse.click(point!.x + 3, point!.y + 3);
    await expect(app.look.viewer).toContainText(name ?? 'a film');
  });
});

test('changed films show what a network cannot take', async ({ app, page, axeInBothThemes }) => {
  const beyond = await tested(app);
  await beyond.go('changes');
  await expect(page.getByTestId('changes')).toContainText(say('beyond.changes.rest'));
  const plain = await beyond.looks(beyond.preview.first());
  await axeInBothThemes();

  await test.step('noise is put on the preview and on the films', async () => {
    await beyond.slide('noise', 40);
    await expect.poll(() => beyond.looks(beyond.preview.first())).not.toBe(plain);
    await beyond.expectChanged();
    const [before, after] = await beyond.accuracies();
    expect(after).toMatch(/^[\d.]+% \(\d+ of 38; [\d.]+% to [\d.]+%\)$/);
    expect(after).not.toBe(before);
    await expect(beyond.result.locator('thead')).toContainText(
      say('beyond.changes.told_noise', { value: say('beyond.changes.percent', { n: 40 }) }),
    );
    await expect(beyond.tried()).toHaveCount(1);
    await axeInBothThemes();
  });

  await test.step('the next change takes the place of the one under way', async () => {
    // At once, so that the first cannot be done before the second is asked for.
    await page.evaluate(() => {
      for (const name of ['rotated', 'inverted']) {
        document.querySelector<HTMLElement>(`[data-testid="change-preset-${name}"]`)!.click();
      }
    });
    await beyond.expectChanged();
    await expect(beyond.result.locator('thead')).toContainText(
      say('beyond.changes.told_inversion'),
    );
    await expect(beyond.tried()).toHaveCount(2);
  });

  await test.step('what was tried can be shown again, and undone', async () => {
    await beyond.tried().first().getByRole('button').click();
    await expect(beyond.change('noise')).toHaveValue('40');
    await expect(beyond.verdict).not.toBeEmpty();
    await beyond.change('preset-unchanged').click();
    await expect(beyond.verdict).toBeEmpty();
    await expect.poll(() => beyond.looks(beyond.preview.first())).toBe(plain);
  });
});

test('runs are compared with what differs, pair by pair, and kept as a file', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const beyond = await tested(app);
  await beyond.go('runs');
  await expect(beyond.runs).toHaveCount(1);
  await expect(beyond.differ).toHaveText(say('beyond.runs.one'));
  await expect(beyond.luck).toHaveText(say('beyond.runs.luck_one'));

  await test.step('another setting, another seed, and both', async () => {
    await app.go('train');
    await app.train.openAdvanced();
    await settingsAre(app, { dropout: 0 });
    await settingsAre(app, { seed: 2 });
    await settingsAre(app, { dropout: 0.5 });
    await app.go('test');
    await app.test.open();
    await beyond.go('runs');
    await expect(beyond.runs).toHaveCount(4);
    await expect(beyond.differ).toHaveText(/dropout \(0; 0\.5\)/i);
    await expect(beyond.differ).toHaveText(/seed \(1; 2\)/i);
    await expect(page.getByTestId('plot-runs').locator('.plot-dot')).toHaveCount(4);
    await axeInBothThemes();
  });

  await test.step('a run that is taken out no longer counts', async () => {
    await beyond.showRun(3).uncheck();
    await beyond.showRun(4).uncheck();
    await expect(beyond.differ).toHaveText(/dropout \(0; 0\.5\)/i);
    await expect(beyond.differ).not.toHaveText(/seed/i);
    await expect(page.getByTestId('plot-runs').locator('.plot-dot')).toHaveCount(2);
  });

  await test.step('two pairs of seeds give an interval on validation, one on the test', async () => {
    // Of equal differences there is no interval, but a sentence with their number.
    await expect(beyond.pairs.locator('p').first()).toContainText(/ 2 pairs/);
    await expect(beyond.pairs.locator('p').last()).toHaveText(
      say('beyond.runs.pairs_none', { measure: say('beyond.runs.on_test') }),
    );
    await expect(beyond.luck).toHaveText(/^2 networks/);
  });

  await test.step('the table is kept as a file', async () => {
    const download = page.waitForEvent('download');
    await page.getByTestId('runs-save').click();
    const file = readFileSync(await (await download).path(), 'utf8');
    const lines = file.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain(say('beyond.runs.seed'));
  });
});

test('runs can be compared before the test is opened', async ({ app, axeInBothThemes }) => {
  await app.open('?side=64');
  const beyond = new Beyond(app.page);
  await app.go('test');
  await expect(beyond.earlier).toHaveCount(0);
  await app.trainBriefly();
  await app.go('test');
  await beyond.earlier.locator('summary').click();
  await expect(beyond.runs).toHaveCount(1);
  await expect(beyond.run(1)).toContainText(say('beyond.runs.not_opened'));
  await expect(beyond.luck).toHaveText(say('beyond.runs.luck_none'));
  await axeInBothThemes();
});

test('map, changed films and runs fit at every width', async ({ app, page }) => {
  const beyond = await tested(app);
  await beyond.go('changes');
  await beyond.change('preset-noisy').click();
  await beyond.expectChanged();
  for (const width of [768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const section of ['map', 'changes', 'runs'] as const) {
      await beyond.go(section);
      expect(await overflow(page), `${section} at ${width}`).toBe(false);
    }
  }
});

const overflow = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
