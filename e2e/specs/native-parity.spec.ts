import { expect, test } from '../pages/fixtures.ts';
import { trainNatively } from '../pages/native.ts';
import { say } from '../pages/words.ts';

/**
 * Largest difference of a loss between the native run and the page's, both on the CPU. The same
 * sums in another order and with other instructions; the page shows four decimals.
 */
const TOLERANCE = 1e-3;

const STAGES: Record<string, string> = {
  frozen: say('train.stage_frozen'),
  fine_tuning: say('train.stage_tuning'),
};

test('each epoch has the losses of the native run', async ({ app }) => {
  // The native run may have to be compiled first.
  test.setTimeout(1_800_000);
  const native = await trainNatively('--seed', '7');
  await app.open('?device=cpu&seed=7');
  await app.go('train');
  await app.train.start();
  await app.train.expectTrained();
  const epochs = await app.train.epochTable();
  expect(epochs).toHaveLength(native.epochs.length);
  for (const [place, expected] of native.epochs.entries()) {
    const epoch = epochs[place]!;
    expect(epoch.stage).toBe(STAGES[expected.stage]);
    expect(Math.abs(epoch.loss - expected.train.loss)).toBeLessThan(TOLERANCE);
    expect(Math.abs(epoch.validationLoss - expected.validation.loss)).toBeLessThan(TOLERANCE);
  }
  expect(await app.train.validationAccuracy()).toBeCloseTo(native.validation.accuracy, 10);
});
