import { launch } from '../browser.mjs';
import type { Troubles } from '../fixtures.ts';
import { requestAdapter } from '../pages/browser.ts';
import { overflowing } from '../pages/fit.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Kiosk } from '../pages/kiosk.ts';
import { begin, say, speak } from '../pages/words.ts';

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

  expectNoOther(troubles);
});

test('a kiosk with an address of the web gives it to its visitors to take home', async ({
  page,
  troubles,
  axeInBothThemes,
}) => {
  speak('en');
  const kiosk = new Kiosk(page);
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await kiosk.skipContest();
  await kiosk.next.click();
  await kiosk.expectPlace('end');
  const address = new URL('.', page.url()).href;
  await expect(kiosk.at('address')).toHaveText(address);
  await expect(page.getByTestId('qr-kiosk-address').locator('svg')).toBeVisible();
  // Without a contest, by the images that were locked away.
  await expect(kiosk.at('learned')).toContainText(begin('kiosk.end.locked'));
  await axeInBothThemes();
  for (const [width, height] of [[1280, 800], [768, 1024]] as const) {
    await page.setViewportSize({ width, height });
    expect(await overflowing(page)).toEqual([]);
    const below = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    expect(below, `at ${width}`).toBe(0);
    await page.screenshot({ path: `screens/kiosk-take-home-${width}.png` });
  }
  expectNoOther(troubles);
});

/** Chromium says at each visit that the host's header is of no use there. */
const expectNoOther = (troubles: Troubles) => {
  const unexpected = troubles.filter((trouble) => !trouble.includes('Cross-Origin-Opener-Policy header has been ignored'));
  expect(unexpected).toEqual([]);
  troubles.length = 0;
};
