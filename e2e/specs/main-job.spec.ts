import { film } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { trainNatively } from '../pages/native.ts';
import { share } from '../pages/train.ts';
import { say } from '../pages/words.ts';

test('built-in films are looked at, trained on, tested and asked about', { tag: '@firefox' }, async ({
  app,
  axeInBothThemes,
  file,
}) => {
  const { look, train, ask } = app;

  await test.step('look at the films', async () => {
    await app.open();
    await expect(look.films).toHaveCount(192);
    // Abdomen and chest, 60, 20 and 20 % of 96 each.
    await look.expectCounts(0, [58, 19, 19, 96]);
    await look.expectCounts(1, [58, 19, 19, 96]);
    await look.expectCounts('all', [116, 38, 38, 192]);
    await expect(look.section).toContainText(say('number.patients', { n: 5 }));
    await axeInBothThemes();
  });

  await test.step('look at those of one class and part, and at one of them closely', async () => {
    await look.count(1, 'test').click();
    await expect(look.films).toHaveCount(19);
    await look.films.first().click();
    await expect(look.viewer).toContainText(say('viewer.heading', { place: 1, n: 19 }));
    await axeInBothThemes();
    await app.bar.closeDialog();
    await look.count('all', 'all').click();
  });

  await test.step('train with the settings as they are', async () => {
    await look.next.click();
    await app.expectAt('train');
    await expect(train.setting('epochs')).toHaveValue('5');
    await expect(train.setting('dropout')).toHaveValue('0.5');
    await expect(train.setting('fine-tuning')).toBeChecked();
    await expect(train.setting('augmentation')).not.toBeChecked();
    await axeInBothThemes();
    await train.start();
    await train.expectTrained();
    const frozen = Array(5).fill(say('train.stage_frozen'));
    const tuned = Array(3).fill(say('train.stage_tuning'));
    const table = await train.epochTable();
    expect(table.map((epoch) => epoch.stage)).toEqual([...frozen, ...tuned]);
    expect(await train.validationAccuracy()).toBeGreaterThanOrEqual(0.95);
    await axeInBothThemes();
  });

  await test.step('open the test films, which nothing has shown before', async () => {
    await train.primary.click();
    await app.expectAt('test');
    await expect(app.test.door).toBeVisible();
    await expect(app.test.score).toHaveCount(0);
    await axeInBothThemes();
    await app.test.open();
    await expect(app.test.interval).toHaveText(/[\d.]+% to [\d.]+%/);
    await expect(app.test.majority).toContainText(say('test.better'));
    await expect(app.test.looks).toHaveText(say('test.looks_one'));
    const confusion = await app.test.confusion();
    expect(confusion.flat().reduce((sum, n) => sum + n)).toBe(38);
    const right = confusion[0]![0]! + confusion[1]![1]!;
    await expect(app.nav('test')).toContainText(say('station.scored', { hits: right, n: 38 }));
    expect(right / 38).toBeGreaterThanOrEqual(0.9);
    await app.test.cell(0, 0).click();
    await expect(app.test.cellFilms.getByTestId('film')).toHaveCount(confusion[0]![0]!);
    await axeInBothThemes();
  });

  await test.step('try an odd film, a dropped film and a chosen file that is none', async () => {
    await app.test.primary.click();
    await app.expectAt('try');
    await ask.oddFilm('knees').click();
    await ask.expectAnswered(1);
    // Its head is sure of something, and the rule keeps it silent.
    await expect(ask.sentence).toHaveText(say('insight.unlike'));
    await expect(ask.headSays).toHaveText(/(Abdomen|Chest), \d+%$/);
    await app.drop(file('a film.jpg', film('chest/a01.jpg')));
    await ask.expectAnswered(2);
    await expect(ask.sentence).toHaveText(/^Chest, \d+%$/);
    await expect(ask.latest).toContainText('a film.jpg');
    await ask.chooseFilms(file('notes.txt', Buffer.from('Not a film.')));
    await expect(ask.answers).toHaveCount(3);
    await expect(ask.latest).toHaveAttribute('data-state', 'failed');
    await expect(ask.latest).toContainText(say('file_error.not_an_image'));
    await expect(app.nav('try')).toContainText(say('station.tried', { n: 3 }));
    await axeInBothThemes();
  });
});

/** As the page writes a share: 0 and 100 are only what is none and all. */
const percent = (share: number) => {
  const rounded = Math.round(share * 100);
  return share > 0 && share < 1 ? Math.min(Math.max(rounded, 1), 99) : rounded;
};

test('divided by patient, the page scores as the native run does', async ({ app }) => {
  // The native run may have to be compiled first.
  test.setTimeout(1_800_000);
  const native = await trainNatively('--split', 'patient', '--seed', '1');
  await app.open('?split=patient&seed=1');
  // What the pack itself says: two people train, two validate, one tests.
  await app.look.expectCounts('all', [80, 56, 56, 192]);
  await expect(app.look.section).toContainText(say('look.split_patient'));
  await app.go('train');
  await app.train.start();
  await app.train.expectTrained();
  expect(await app.train.validationAccuracy()).toBeCloseTo(native.validation.accuracy, 10);
  await app.go('test');
  await app.test.open();
  await expect(app.test.interval).toHaveText(
    say('test.interval_these', {
      interval: say('number.interval', {
        low: percent(native.test.interval[0]),
        high: percent(native.test.interval[1]),
      }),
    }),
  );
  expect(share(await app.nav('test').textContent())).toBeCloseTo(native.test.accuracy, 10);
  const confusion = await app.test.confusion();
  const largestClass = Math.max(...confusion.map((row) => row.reduce((sum, n) => sum + n)));
  expect(native.test.accuracy).toBeGreaterThan(largestClass / native.test.n);
  await expect(app.test.majority).toContainText(say('test.better'));
});
