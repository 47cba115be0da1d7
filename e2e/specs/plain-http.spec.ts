import { launch } from '../browser.mjs';
import { requestAdapter } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

// As from another computer: a name that the browser does not know to be this one.
const { launchOptions } = launch('cpu');
const here = '--host-resolver-rules=MAP firstread.example 127.0.0.1';
test.use({
  baseURL: `http://firstread.example:${process.env.PORT ?? '8129'}/a/b/`,
  launchOptions: { ...launchOptions, args: [...launchOptions.args, here] },
});

test('over plain http the processor computes, and the page says what is missing and what to do', async ({
  app,
  page,
  troubles,
  axeInBothThemes,
}) => {
  await app.open('?side=64');
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  expect(await requestAdapter(page)).toBeUndefined();
  await expect(app.bar.device).toHaveText(/^CPU, \d+ workers?$/);
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(say('dist.no_webgpu'));
  await expect(app.bar.dialog.getByTestId('plain-http')).toHaveText(say('dist.plain_http'));
  await axeInBothThemes();
  await app.bar.closeDialog();
  await app.trainBriefly();
  expect(await app.train.validationAccuracy()).toBeGreaterThan(0.5);

  await page.goto('?room');
  await app.room.scan.click();
  await expect(app.room.scanSaid).toHaveText(say('room.scan.insecure'));

  // Chromium says at each visit that the host's header is of no use there.
  const unexpected = troubles.filter((trouble) => !trouble.includes('Cross-Origin-Opener-Policy header has been ignored'));
  expect(unexpected).toEqual([]);
  troubles.length = 0;
});
