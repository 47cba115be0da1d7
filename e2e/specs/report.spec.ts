import { expect, test } from '../pages/fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { begin, say } from '../pages/words.ts';

/** A short run of small films, whose test films are open. */
test.beforeEach(async ({ app }) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
});

test('each class has its figures, which are those of the matrix', async ({
  app,
  report,
  axeInBothThemes,
}) => {
  const confusion = await app.test.confusion();
  const row = report.classes.getByTestId('class-1');
  const shown = confusion[1]![0]! + confusion[1]![1]!;
  const said = confusion[0]![1]! + confusion[1]![1]!;
  await expect(row.locator('td').nth(0)).toContainText(
    say('number.of', { hits: confusion[1]![1]!, n: shown }),
  );
  const precision = row.locator('td').nth(2);
  if (said > 0) {
    await expect(precision).toContainText(say('number.of', { hits: confusion[1]![1]!, n: said }));
  } else {
    await expect(precision).toHaveText(say('report.undefined'));
  }
  await expect(report.baseline).toContainText(begin('report.baseline'));
  await expect(report.baseline).toContainText(/\d+ of 38/);
  await axeInBothThemes();
});

test('the tabs are turned by arrow keys', async ({ app, page }) => {
  const keyboard = new Keyboard(page);
  await app.test.tab('scores').focus();
  await keyboard.press('ArrowRight');
  await expect(app.test.tab('threshold')).toBeFocused();
  await expect(app.test.tab('threshold')).toHaveAttribute('aria-selected', 'true');
  await expect(app.test.section.getByTestId('panel-threshold')).toBeVisible();
  await expect(app.test.score).toBeHidden();
  await keyboard.press('End');
  await expect(app.test.tab('runs')).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(app.test.tab('scores')).toBeFocused();
  await expect(app.test.score).toBeVisible();
});

test('the operating point moves, and all that follows from it', async ({
  app,
  report,
  axeInBothThemes,
}) => {
  await app.test.show('threshold');
  const last = Number(await report.point.getAttribute('max'));

  await report.slide(report.point, 0);
  expect(await report.counts()).toEqual({ found: 0, missed: 19, alarmed: 0, cleared: 19 });
  await expect(report.sensitivity).toContainText(say('number.of', { hits: 0, n: 19 }));
  await expect(report.section.getByTestId('ppv')).toHaveText(say('report.undefined'));

  await report.slide(report.point, last);
  expect(await report.counts()).toEqual({ found: 19, missed: 0, alarmed: 19, cleared: 0 });
  await expect(report.specificity).toContainText(say('number.of', { hits: 0, n: 19 }));

  await test.step('by pointer: lower left of the ROC curve is strict, upper right is lenient', async () => {
    await report.press('roc', 0.15, 0.86);
    await expect(report.point).toHaveValue('0');
    await report.press('roc', 0.94, 0.07);
    await expect(report.point).toHaveValue(String(last));
  });

  await test.step('a count opens its films', async () => {
    await report.count(false, true).click();
    await expect(report.section.getByTestId('point-films').getByTestId('film')).toHaveCount(19);
  });

  await test.step('by the validation films', async () => {
    await expect(report.bestThreshold).toContainText(begin('report.best'));
    await report.section.getByTestId('use-best').click();
    await expect(report.point).not.toHaveValue(String(last));
  });
  await axeInBothThemes();
});

test('the other class can be the positive one', async ({ app, report }) => {
  await app.test.show('threshold');
  const before = await report.counts();
  await report.positive.selectOption('0');
  const after = await report.counts();
  expect([after.found, after.missed]).toEqual([before.cleared, before.alarmed]);
  await expect(report.plot('roc')).toContainText(begin('report.auc'));
});

test('1,000 patients follow how common it is', async ({ app, report }) => {
  await app.test.show('threshold');
  const last = Number(await report.point.getAttribute('max'));
  await report.slide(report.point, last);
  // Everybody is called positive, so that the answer is right as often as it is there.
  for (const [place, percent] of [[3, 1], [8, 10], [13, 50]] as const) {
    await report.slide(report.prevalence, place);
    const ppv = report.section.getByTestId('ppv');
    await expect(ppv).toHaveText(/^[\d.]+% \([\d.]+% to [\d.]+%\)$/);
    await expect(ppv).toContainText(`${say('number.percent', { n: percent })} (`);
    const sentence = say('report.crowd', {
      with: percent * 10,
      class: 'Chest',
      found: percent * 10,
      missed: 0,
      alarms: 1_000 - percent * 10,
    });
    await expect(report.section.getByTestId('crowd-sentence')).toHaveText(sentence);
    await expect(report.crowd).toHaveAttribute('aria-label', sentence);
  }
});

test('a dearer miss asks for a threshold that is no stricter', async ({ app, report }) => {
  await app.test.show('threshold');
  const go = report.section.getByTestId('use-cheapest');
  const places: number[] = [];
  for (const place of [0, 6, 12]) {
    await report.slide(report.point, 0);
    await report.slide(report.costs, place);
    await go.click();
    places.push(Number(await report.point.inputValue()));
    // There, and now.
    const [, there, now] = (await report.section.getByTestId('cost-here').textContent())!.match(
      /([\d,]+) false positives there, and (\d+)/,
    )!;
    expect(now).toBe(there);
  }
  expect(places).toEqual([...places].sort((a, b) => a - b));
  // Where a miss costs a hundred false alarms, finding nothing is not the cheapest.
  expect(places[2]).toBeGreaterThan(0);
});

/** As RFC 4180 writes it. */
const cell = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

test('a plot is saved as it is drawn', async ({ app, report }) => {
  await app.test.show('threshold');
  const csv = (await report.saved('roc', 'csv')).trimEnd().split('\r\n');
  expect(csv[0]).toBe(
    ['series', 'alarms_axis', 'sensitivity_axis', 'threshold']
      .map((key) => cell(say(`report.${key}`)))
      .join(','),
  );
  const curve = csv.filter((line) => line.startsWith('Chest,'));
  const last = Number(await report.point.getAttribute('max'));
  expect(curve).toHaveLength(last + 1);
  expect(curve[0]).toBe(`Chest,0,0,${cell(say('report.above_all'))}`);
  expect(curve.at(-1)).toMatch(/^Chest,100,100,/);

  const svg = await report.saved('roc', 'svg');
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toContain('<style>');
  const drawn = await report.plot('roc').getByRole('img').locator('path.look-main').getAttribute('d');
  expect(svg).toContain(`d="${drawn}"`);

  await report.plot('roc').getByText(say('report.numbers')).click();
  await expect(report.plot('roc').locator('tbody tr')).toHaveCount(csv.length - 1);
});

test('calibration shows what a temperature does', async ({ app, report, axeInBothThemes }) => {
  await app.test.show('calibration');
  await expect(report.temperature).toHaveText(/\d\.\d\d/);
  for (const figure of ['brier', 'calibration-error', 'log-loss']) {
    const cells = report.section.getByTestId(figure).locator('td');
    await expect(cells).toHaveCount(2);
    await expect(cells.first()).toHaveText(/^\d\.\d{3}/);
  }
  // Every answer is in one of the bins, before and after.
  for (const name of ['reliability', 'reliability-scaled']) {
    const csv = (await report.saved(name, 'csv')).trimEnd().split('\r\n').slice(1);
    const counts = csv.map((line) => Number(line.split(',').at(-1)));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(38);
  }
  await axeInBothThemes();
});

test('every section fits a narrow window, with its numbers shown', async ({
  app,
  report,
  page,
  axeInBothThemes,
}) => {
  await page.setViewportSize({ width: 768, height: 900 });
  for (const section of ['scores', 'threshold', 'calibration']) {
    await app.test.show(section);
    const panel = report.section.getByTestId(`panel-${section}`);
    for (const numbers of await panel.getByText(say('report.numbers')).all()) await numbers.click();
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(beyond, section).toBe(0);
    await axeInBothThemes();
  }
});
