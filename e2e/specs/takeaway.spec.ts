import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const screens = new URL('../screens/', import.meta.url);
const at = (name: string) => fileURLToPath(new URL(`${name}.png`, screens));

test.beforeAll(() => mkdirSync(screens, { recursive: true }));

test('the report has the numbers of the run, prints and is saved', async ({ app, page, axeInBothThemes }) => {
  const { takeAway, train } = app;
  await app.open('?side=64&arm=augmentation&seed=5');

  await test.step('without a run there are the questions, and the way to training', async () => {
    await takeAway.open();
    await expect(takeAway.report).toHaveCount(0);
    await expect(takeAway.section).toContainText(say('takeaway.untrained'));
    await expect(takeAway.section.getByTestId('messages').getByRole('listitem')).toHaveCount(5);
    await axeInBothThemes();
    await takeAway.back();
  });

  await app.trainBriefly();
  const validation = (await train.result.textContent())!.match(/(\d+) of (\d+)/)![0];
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();
  const right = confusion[0]![0]! + confusion[1]![1]!;
  const interval = (await app.test.interval.textContent())!.match(/[\d.]+% to [\d.]+%/)![0];

  await test.step('questions say why, and the first answer stays', async () => {
    await takeAway.open();
    await takeAway.choice(1, 1).check();
    await expect(takeAway.section.getByTestId('question-1')).toContainText(say('takeaway.q1.why_b'));
    await expect(takeAway.choice(1, 2)).toBeDisabled();
    for (const [question, choice] of [[2, 3], [3, 1], [4, 3], [5, 2]] as const) {
      await takeAway.choice(question, choice).check();
    }
    await expect(takeAway.standing).toHaveText(say('takeaway.standing', { right: 4, n: 5 }));
  });

  await test.step('numbers are those of the stations', async () => {
    await expect(takeAway.fact('validation')).toContainText(validation);
    await expect(takeAway.fact('test')).toContainText(`${right} of 38`);
    await expect(takeAway.fact('test')).toContainText(interval);
    await expect(takeAway.fact('looks')).toHaveText('1');
    await expect(takeAway.fact('seed')).toHaveText('5');
    await expect(takeAway.fact('augmentation')).toHaveText(say('beyond.runs.on'));
    await expect(takeAway.fact('dropout')).toHaveText('0');
    await expect(takeAway.fact('code')).toHaveText((await takeAway.code.textContent())!);
    for (const row of confusion) {
      const cells = takeAway.report.locator('tbody tr').filter({ hasText: row.join('') });
      await expect(cells.first()).toBeVisible();
    }
    await axeInBothThemes();
    for (const width of [768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: at(`takeaway-${width}`), fullPage: true });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond, `at ${width}`).toBeLessThanOrEqual(0);
    }
  });

  await test.step('on paper there is the sheet alone, black on white', async () => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await expect(takeAway.report).toBeVisible();
    await expect(page.getByRole('banner')).toBeHidden();
    await expect(takeAway.section.getByTestId('questions')).toBeHidden();
    const colours = await takeAway.report.evaluate((sheet) => {
      const { color, backgroundColor } = getComputedStyle(sheet);
      return [color, backgroundColor];
    });
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    await page.screenshot({ path: at('takeaway-print'), fullPage: true });
    for (const format of ['A4', 'Letter'] as const) {
      await page.pdf({ path: at(`takeaway-${format}`).replace('.png', '.pdf'), format });
    }
    await page.emulateMedia({ media: null, colorScheme: null });
  });

  await test.step('the file stands alone', async () => {
    const file = await takeAway.saved();
    expect(file).toContain(`${right} of 38`);
    expect(file).toContain('<svg');
    expect(file).not.toMatch(/<script|<link|src=|url\(/);
  });

  await test.step('its link repeats the run', async () => {
    const link = (await takeAway.fact('link').getAttribute('href'))!;
    const code = await takeAway.code.textContent();
    await page.goto(link);
    await app.expectFilms(192);
    // Answers outlast the page.
    await takeAway.open();
    await expect(takeAway.standing).toHaveText(say('takeaway.standing', { right: 4, n: 5 }));
    await takeAway.back();
    await app.go('train');
    await train.start();
    await train.expectTrained();
    await app.go('test');
    await app.test.open();
    await takeAway.open();
    await expect(takeAway.code).toHaveText(code!);
  });
});
