import { headersFor, readRules } from '../headers.mjs';
import { beforeEngine } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Privacy } from '../pages/privacy.ts';
import { Tasks } from '../pages/tasks.ts';
import { test as visits } from '../pages/visits.ts';
import { say } from '../pages/words.ts';

/** What the page may ask the browser for. */
const MAY = ['autoplay', 'camera', 'clipboard-write', 'cross-origin-isolated', 'fullscreen', 'media-playback-while-not-visible', 'screen-wake-lock'];

test('the headers forbid all that the app has no use for', async ({ page }) => {
  const rules = readRules(new URL('../../public/headers.json', import.meta.url));
  const response = await page.goto('');
  for (const [name, value] of headersFor(rules, '/')) {
    expect(response?.headers()[name.toLowerCase()], name).toBe(value);
  }
  const headers = response?.headers() ?? {};
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['referrer-policy']).toBe('no-referrer');
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self';/);
  // As this browser has understood it.
  const allowed = await page.evaluate(() => {
    const { featurePolicy } = document as unknown as { featurePolicy: { allowedFeatures(): string[] } };
    return featurePolicy.allowedFeatures();
  });
  const more = allowed.filter((feature) => !MAY.includes(feature) && !feature.startsWith('ch-'));
  expect(more, 'features that nobody has forbidden').toEqual([]);
  expect(allowed).toContain('camera');
});

test('a request to another address fails the test that it happens in', async ({ context, page, troubles }) => {
  const elsewhere = 'https://elsewhere.invalid/';
  await beforeEngine(page, `fetch('${elsewhere}engine').catch(() => {});`);
  await page.goto('');
  await expect.poll(() => troubles.join('\n')).toContain(`${elsewhere}engine`);
  troubles.length = 0;
  const second = await context.newPage();
  await second.goto('');
  await second.evaluate((url) => fetch(url).catch(() => {}), `${elsewhere}page`);
  await expect.poll(() => troubles.join('\n')).toContain(`${elsewhere}page`);
  await second.close();
  troubles.length = 0;
});

test('the page counts its requests, here and to anywhere else', async ({ app, axeInBothThemes }) => {
  const { page } = app;
  const privacy = new Privacy(page);
  let asked = 0;
  page.context().on('request', () => {
    asked += 1;
  });
  await app.open();
  await privacy.open.click();
  await expect(privacy.dialog).toBeVisible();
  const before = await privacy.ownRequests();
  expect(before).toBeGreaterThan(20);
  expect(before).toBeLessThanOrEqual(asked);
  await expect(privacy.other).toHaveText('0');
  await axeInBothThemes();
  await privacy.close();
  await new Tasks(page).pack('paediatric').click();
  await expect(app.nav('look')).not.toContainText(say('station.films', { n: 192 }), { timeout: 60_000 });
  await privacy.open.click();
  await expect.poll(() => privacy.ownRequests(), { timeout: 60_000 }).toBeGreaterThan(before);
  await expect(privacy.other).toHaveText('0');
});

test('the way to it is there on a narrow screen', async ({ app }) => {
  const { page } = app;
  const privacy = new Privacy(page);
  await page.setViewportSize({ width: 768, height: 900 });
  await app.open();
  await expect(privacy.open).toContainText(say('privacy.short'));
  await privacy.open.press('Enter');
  await expect(privacy.dialog).toBeVisible();
  await privacy.close();
  await expect(privacy.open).toBeFocused();
});

visits('what is stored is listed, and erased when the visitor says so', async ({ visit }) => {
  const { app, privacy } = await visit();
  const { page } = app;
  await privacy.expectReady();
  await app.bar.theme.click();
  await page.evaluate(() => localStorage.setItem('another.site', 'stays'));
  await privacy.open.click();
  await expect(privacy.stored).toContainText([
    say('privacy.stored_theme'),
    say('privacy.stored_copy', { size: say('offline.megabytes', { n: await privacy.size() }) }),
  ]);
  await privacy.erase.click();
  await expect(page.getByTestId('erase-no')).toBeFocused();
  await page.getByTestId('erase-no').click();
  await expect(privacy.erase).toBeFocused();
  await expect(privacy.stored).not.toHaveText([say('privacy.stored_nothing')]);
  await privacy.erase.click();
  await page.getByTestId('erase-yes').click();
  await expect(privacy.erased).toHaveText(say('privacy.erased'));
  await expect(privacy.stored).toHaveText([say('privacy.stored_nothing')]);
  await privacy.close();
  await expect(privacy.state).toHaveText(say('offline.erased'));
  // Nor is anything stored again before the page is loaded anew.
  await app.bar.theme.click();
  const tasks = new Tasks(page);
  await tasks.pack('paediatric').click();
  await tasks.expectChosen('paediatric', 'region');
  await app.bar.choose('es');
  const left = await page.evaluate(async () => ({
    storage: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
  expect(left).toEqual({ storage: ['another.site'], session: [], caches: [], databases: [], workers: 0 });
});
