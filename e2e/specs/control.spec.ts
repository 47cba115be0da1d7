import { keepWorkers } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Tab } from '../pages/tab.ts';
import { RUN } from '../pages/train.ts';
import { begin, say } from '../pages/words.ts';

/** Epochs of a run that will not be over before something has been done to it. */
const LONG = 100;

test('a run pauses, goes on by single steps, and resumes', async ({ app }) => {
  await app.open('?side=64');
  await app.go('train');
  await app.train.set('epochs', LONG);
  await app.train.start();
  await app.train.expectUnderWay();
  await app.train.pause();
  const { done, total } = await app.train.pausedAt();
  expect(done).toBeLessThan(total);
  await expect(app.nav('train')).toContainText(say('station.paused'));
  // Had it gone on in secret, it would be further than these steps.
  for (const step of [1, 2, 3]) {
    await app.train.step.click();
    await expect(app.train.progress).toHaveText(say('train.paused', { done: done + step, total }));
  }
  const epochs = await app.train.epochs.count();
  await app.train.resume();
  await expect(app.train.epochs.nth(epochs)).toBeAttached();
});

test('a run can begin with a single step', async ({ app }) => {
  await app.open('?side=64');
  await app.go('train');
  await app.train.step.click();
  expect((await app.train.pausedAt()).done).toBe(1);
  await expect(app.train.section.getByTestId('batch').getByRole('listitem')).toHaveCount(8);
});

test('a stopped run keeps its network, which can be tested and asked', async ({ app }) => {
  await app.open('?side=64');
  await app.go('train');
  await app.train.set('epochs', LONG);
  await app.train.start();
  await app.train.expectUnderWay();
  await app.train.stop.click();
  await app.train.expectTrained();
  await expect(app.train.progress).toContainText(begin('train.finished_early'));
  expect(await app.train.epochs.count()).toBeLessThan(LONG);
  await app.go('test');
  await app.test.open();
  await app.go('try');
  await app.ask.oddFilm('skull').click();
  await app.ask.expectAnswered(1);
});

test('a run that is stopped while its films are prepared leaves nothing to test', async ({ app }) => {
  await app.open();
  await app.go('train');
  await app.train.setting('augmentation').check();
  await app.train.start();
  await app.train.stop.click();
  await expect(app.train.progress).toHaveText(say('train.untrained'));
  await expect(app.train.primary).toHaveText(say('train.start'));
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
});

test('a second run starts anew and does not listen to the first', async ({ app, page }) => {
  await keepWorkers(page);
  await app.open('?side=64');
  const replay = await page.evaluateHandle(() => {
    const { workers } = globalThis as unknown as { workers: Worker[] };
    const engine = workers[0]!;
    const heard: unknown[] = [];
    const listen = ({ data }: MessageEvent) => heard.push(structuredClone(data));
    engine.addEventListener('message', listen);
    return {
      stopListening: () => engine.removeEventListener('message', listen),
      again: () => {
        for (const data of heard) engine.dispatchEvent(new MessageEvent('message', { data }));
        return heard.length;
      },
    };
  });
  await app.go('train');
  await app.train.setting('fine-tuning').uncheck();
  await app.train.set('epochs', 7);
  await app.train.start();
  await app.train.expectTrained();
  const first = await app.train.epochTable();
  expect(first).toHaveLength(7);
  await replay.evaluate(({ stopListening }) => stopListening());

  await app.train.set('epochs', 3);
  await app.train.step.click();
  const { done, total } = await app.train.pausedAt();
  expect(done).toBe(1);
  // Everything that was said in the first run, seven epochs and its end, comes once more.
  expect(await replay.evaluate(({ again }) => again())).toBeGreaterThan(7);
  await app.train.step.click();
  await expect(app.train.progress).toHaveText(say('train.paused', { done: 2, total }));
  await expect(app.train.epochs).toHaveCount(0);
  await app.train.resume();
  await app.train.expectTrained();
  // The same seed: the same curve as far as it goes.
  expect(await app.train.epochTable()).toEqual(first.slice(0, 3));
});

test('training goes on while another station is looked at', async ({ app }) => {
  await app.open('?side=64');
  await app.go('train');
  await app.train.start();
  await app.go('look');
  await app.look.count(1, 'train').click();
  await app.look.films.first().click();
  await expect(app.look.viewer).toBeVisible();
  await app.bar.closeDialog();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'), RUN);
  await app.go('train');
  await expect(app.train.epochs).toHaveCount(8);
});

test('each look at the test films is counted, over all runs', async ({ app }) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  await expect(app.test.looks).toHaveText(say('test.looks_one'));
  await app.go('train');
  await app.train.again.click();
  await expect(app.nav('test')).toContainText(say('station.locked'));
  await app.train.expectTrained();
  await app.go('test');
  await app.test.open();
  await expect(app.test.looks).toHaveText(say('test.looks', { n: 2 }));
});

test('opened anew everything is as at first', async ({ app, page }) => {
  await app.open('?side=64&seed=3');
  await app.trainBriefly();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await new Tab(page).openAnew();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
  await app.go('train');
  await expect(app.train.setting('epochs')).toHaveValue('5');
  await expect(app.train.epochs).toHaveCount(0);
  await app.trainBriefly();
});
