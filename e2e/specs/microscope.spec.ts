import { expect, test } from '../pages/fixtures.ts';
import { Microscope } from '../pages/microscope.ts';
import { say } from '../pages/words.ts';

test('one step shows its films, its loss and what moved each layer', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const microscope = new Microscope(page);
  await app.open('?side=64');
  await app.go('train');
  await expect(microscope.section).toBeHidden();
  await app.train.step.click();
  expect((await app.train.pausedAt()).done).toBe(1);
  await expect(microscope.films).toHaveCount(8);
  const first = await microscope.losses();
  expect(first.before).toBeGreaterThan(0.2);
  expect(first.after).toBeLessThan(first.before);
  await expect(microscope.said).toContainText(first.after.toFixed(3));
  const head = await microscope.gradients();
  expect(head.map(([name]) => name)).toEqual([
    expect.stringContaining(say('microscope.hidden')),
    expect.stringContaining(say('microscope.output')),
  ]);
  for (const [name, norm] of head) expect(norm, name).toBeGreaterThan(0);
  await expect(microscope.section).toContainText(say('microscope.frozen'));
  await axeInBothThemes();

  await app.train.step.click();
  await expect(microscope.said).toContainText(/2/);
  await expect.poll(() => microscope.losses()).not.toEqual(first);

  // Steps of a run that goes on are not looked at.
  await app.train.resume();
  await expect(microscope.section).toBeHidden();
});

test('in the second stage the unfrozen blocks are pulled at too', async ({ app, page }) => {
  const microscope = new Microscope(page);
  await app.open('?side=64');
  await app.go('train');
  await app.train.set('tuning-stages', 3);
  await app.train.set('tuning-epochs', 50);
  await app.train.set('epochs', 1);
  await app.train.start();
  await app.train.expectUnderWay();
  await app.train.pause();
  await app.train.step.click();
  await expect(microscope.layers).toHaveCount(5);
  const names = (await microscope.gradients()).map(([name]) => name);
  // The grid reads the 14th: those after it have no part in the answer.
  for (const [place, block] of [12, 13, 14].entries()) {
    expect(names[place]).toContain(say('microscope.backbone', { n: block }));
  }
});

test('the pictures beside the settings follow them', async ({ app, page, axeInBothThemes }) => {
  const microscope = new Microscope(page);
  const { train } = app;
  await app.open('?side=64');
  await app.go('train');

  await train.setting('augmentation').check();
  const usual = await microscope.previewed();
  await train.setting('rotation').fill('18');
  await expect.poll(() => microscope.previewed()).not.toEqual(usual);
  const turned = await microscope.previewed();
  for (const limit of ['rotation', 'shift', 'shear', 'zoom']) await train.setting(limit).fill('0');
  await expect.poll(() => microscope.previewed()).not.toEqual(turned);
  await axeInBothThemes();

  const units = await microscope.drawn('dropout-sketch');
  await train.set('dropout', 0.1);
  await expect(microscope.sketch('dropout-sketch')).toContainText('26');
  expect(await microscope.drawn('dropout-sketch')).not.toEqual(units);

  const steps = microscope.sketch('steps-sketch');
  await expect(steps).toContainText('120');
  await train.set('epochs', 2);
  await expect(steps).toContainText('75');
  await train.openAdvanced();
  await train.set('batch', 16);
  await expect(steps).toContainText('40');

  const sketch = microscope.sketch('rate-sketch');
  const slider = train.section.getByTestId('rate-slider');
  await expect(sketch).toContainText(say('sketch.settles'));
  await slider.fill('0');
  await expect(sketch).toContainText(say('sketch.creeps'));
  await expect(train.setting('rate')).toHaveValue('0.000001');
  await slider.fill('18');
  await expect(sketch).toContainText(say('sketch.escapes'));
  await expect(train.setting('rate')).toHaveValue('1');
  const warning = train.section.getByTestId('rate-warning');
  await expect(warning).toHaveCount(0);
  await train.set('tuning-rate', 0.01);
  await expect(warning).toHaveText(say('sketch.wrecks'));
  await axeInBothThemes();

  // What the sketch says, the curves of a real run say too.
  await train.set('rate', 0.0001);
  await train.setting('fine-tuning').uncheck();
  await train.start();
  await train.expectTrained();
  const table = await train.epochTable();
  const lived = train.section.getByTestId('rate-lived');
  await expect(lived).toContainText('0.0001');
  await expect(lived).toContainText(table[0]!.loss.toFixed(2));
  await expect(lived).toContainText(table.at(-1)!.loss.toFixed(2));
});
