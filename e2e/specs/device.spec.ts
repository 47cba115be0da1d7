import { requestAdapter, withoutWebGpu } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const CPU = /^CPU, \d+ workers?$/;

test('without an adapter the CPU computes, and the page says why', async ({ app, page, axe }) => {
  await app.open();
  expect(await requestAdapter(page)).toBeUndefined();
  await expect(app.bar.device).toHaveText(CPU);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.no_adapter'));
  await expect(app.bar.dialog.getByTestId('plain-http')).toHaveCount(0);
  await axe();
});

test('without WebGPU the CPU computes, and the page says why', async ({ app, page }) => {
  await withoutWebGpu(page);
  await app.open();
  expect(await page.evaluate(() => 'gpu' in navigator)).toBe(false);
  await expect(app.bar.device).toHaveText(CPU);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.no_webgpu'));
});

test('a link that asks for WebGPU gets the CPU where there is none, and the reason', async ({
  app,
}) => {
  await app.open('?device=webgpu&side=64');
  await expect(app.bar.device).toHaveText(CPU);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.no_adapter'));
  await app.bar.closeDialog();
  await app.trainBriefly();
});

test('a link that asks for the CPU gets it', async ({ app }) => {
  await app.open('?device=cpu');
  await expect(app.bar.device).toHaveText(CPU);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('device.asked_for'));
});
