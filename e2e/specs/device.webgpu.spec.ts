import { twoClasses } from '../films.ts';
import type { App } from '../pages/app.ts';
import { losable, loseGpu, requestAdapter } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Tab } from '../pages/tab.ts';
import { RUN, type Epoch } from '../pages/train.ts';
import { begin, say } from '../pages/words.ts';

/**
 * Largest difference of a loss between WebGPU and CPU: the same sums in another order, and a
 * fused multiply-add where the adapter likes, through a few steps of Adam.
 */
const TOLERANCE = 1e-2;

// First of all, so that tests without an adapter never look like tests of WebGPU.
test('this browser has a WebGPU adapter', async ({ page }) => {
  await page.goto('');
  expect(await requestAdapter(page)).toBe('google');
});

test('an imitated adapter is left for the CPU unless asked for', async ({ app }) => {
  await app.open();
  await expect(app.bar.device).toHaveText(/^CPU, /);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(begin('device.software'));
  await expect(app.bar.dialog).toContainText(/swiftshader/i);
});

test('training on WebGPU brings the loss down, as on the CPU', async ({ app, folder }) => {
  test.setTimeout(900_000);
  const films = folder('films', twoClasses(6));

  const onGpu = await train(app, films, 'webgpu');
  await expect(app.bar.device).toHaveText(/google|swiftshader/i);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.asked_for'));
  expect(onGpu.at(-1)!.loss).toBeLessThan(onGpu[0]!.loss);

  // What this tab has trained would come back with its images.
  await new Tab(app.page).openAnew();
  const onCpu = await train(app, films, 'cpu');
  await expect(app.bar.device).toHaveText(/^CPU, /);
  expect(onGpu.map((epoch) => epoch.stage)).toEqual(onCpu.map((epoch) => epoch.stage));
  for (const [place, expected] of onCpu.entries()) {
    const epoch = onGpu[place]!;
    expect(Math.abs(epoch.loss - expected.loss)).toBeLessThan(TOLERANCE);
    expect(Math.abs(epoch.validationLoss - expected.validationLoss)).toBeLessThan(TOLERANCE);
  }
});

test('a GPU that is lost in mid-training leaves the run to the CPU', async ({ app, folder }) => {
  test.setTimeout(900_000);
  await losable(app.page);
  await openOn(app, 'webgpu', folder('films', twoClasses(6)));
  await app.go('train');
  await app.train.setting('fine-tuning').uncheck();
  await app.train.set('epochs', 40);
  await app.train.start();
  await app.train.expectUnderWay();
  await expect(app.bar.device).toHaveText(/google|swiftshader/i);
  await loseGpu(app.page);
  await expect(app.bar.device).toHaveText(/^CPU, /, RUN);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(begin('device.gpu_failed'));
  await app.bar.closeDialog();
  await app.train.expectTrained();
  expect(await app.train.epochTable()).toHaveLength(40);
  await app.expectFilms(12);
});

/** A few steps, large enough to show: two a epoch, of which the last is with a part unfrozen. */
const train = async (app: App, films: string, device: 'webgpu' | 'cpu'): Promise<Epoch[]> => {
  await openOn(app, device, films);
  await app.go('train');
  await app.train.openAdvanced();
  await app.train.set('dropout', 0);
  await app.train.set('batch', 4);
  await app.train.set('rate', 0.001);
  await app.train.set('epochs', 2);
  await app.train.set('tuning-epochs', 1);
  await app.train.start();
  await app.train.expectTrained();
  return app.train.epochTable();
};

const openOn = async (app: App, device: 'webgpu' | 'cpu', films: string) => {
  // The self-test of an imitated adapter takes its time.
  await app.page.goto(`?device=${device}&side=64`);
  await expect(app.nav('look')).toContainText(say('station.films', { n: 192 }), RUN);
  await expect(app.bar.device).not.toHaveText(say('device.starting'), RUN);
  await app.look.chooseFolder(films);
  await app.expectFilms(12);
};
