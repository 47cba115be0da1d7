import { requestAdapter } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { singleFile, writeSingleFile } from '../pages/single.ts';
import { RUN } from '../pages/train.ts';
import { say } from '../pages/words.ts';

test.use({ baseURL: singleFile, offline: true });
test.beforeAll(writeSingleFile);

test('from a disk, too, the browser lends its graphics processor to the engine', async ({ app, page }) => {
  await page.goto('?device=webgpu&side=32');
  expect(await requestAdapter(page)).toBe('google');
  await expect(app.bar.device).toHaveText(/google|swiftshader/i, RUN);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.asked_for'));
});
