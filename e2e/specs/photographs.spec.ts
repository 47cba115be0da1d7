import { launch } from '../browser.mjs';
import { expect, test } from '../pages/fixtures.ts';
import { App } from '../pages/app.ts';
import { Sorting } from '../pages/sorting.ts';
import { say, speak } from '../pages/words.ts';

const camera = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

test('photographs are taken and sorted by hand, and the camera goes off', async ({
  playwright,
  baseURL,
}) => {
  const { channel, launchOptions } = launch('cpu');
  const args = [...(launchOptions.args ?? []), ...camera];
  const browser = await playwright.chromium.launch({ ...launchOptions, channel, args });
  try {
    const context = await browser.newContext({ baseURL, permissions: ['camera'], serviceWorkers: 'block' });
    const page = await context.newPage();
    speak('en');
    const app = new App(page);
    await app.open('?side=64');
    await page.getByTestId('open-camera').click();
    const dialog = page.getByTestId('photographs');
    const video = dialog.getByTestId('photograph-video');
    await expect(video).toBeVisible();
    const moved = (since: number) =>
      expect.poll(() => video.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(since);
    await expect(dialog.getByTestId('photographs-done')).toBeDisabled();
    const images = (n: number) =>
      say('look.camera.taken', { images: n === 1 ? say('number.film') : say('number.films', { n }) });
    for (const n of [1, 2, 3]) {
      await moved(n);
      await dialog.getByTestId('photograph').click();
      await expect(dialog.getByTestId('photographs-said')).toHaveText(images(n));
    }
    await dialog.getByTestId('photograph-undo').click();
    await expect(dialog.getByTestId('photographs-said')).toHaveText(images(2));
    const stream = await video.evaluateHandle((video: HTMLVideoElement) => video.srcObject as MediaStream);
    await dialog.getByTestId('photographs-done').click();
    await expect(new Sorting(page).desk).toBeVisible();
    await new Sorting(page).expectCounts({ none: 2 });
    const tracks = () => stream.evaluate((stream) => stream.getTracks().map((track) => track.readyState));
    await expect.poll(tracks).toEqual(['ended']);
  } finally {
    await browser.close();
  }
});

test('without a camera it says so, and what to do', async ({ app, page, axeInBothThemes }) => {
  await app.open('?side=64');
  await page.getByTestId('open-camera').click();
  const said = page.getByTestId('photographs-said');
  await expect(said).toHaveText(new RegExp(`${say('look.camera.no_camera')}|${say('look.camera.refused')}`));
  await axeInBothThemes();
});
