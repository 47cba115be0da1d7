import type { Page } from '@playwright/test';
import { expect } from '../pages/fixtures.ts';
import { test } from '../pages/visits.ts';
import { begin, say } from '../pages/words.ts';
import { CHANGED, MARK, publishDamaged, publishNext, versionOf } from '../site.ts';

/** Whether the page gets a file as the next version has it. */
const getsNext = (page: Page) =>
  page.evaluate(async ([path, mark]) => (await (await fetch(path!)).text()).includes(mark!), [CHANGED, MARK]);

const saysVersion = (page: Page) => page.locator('meta[name="version"]').getAttribute('content');

test('a new version waits for the training and for the learner', async ({ host, visit }) => {
  const { context, app, privacy } = await visit();
  const { page } = app;
  await privacy.expectReady();
  const before = versionOf(host.folder);
  expect(await saysVersion(page)).toBe(before);

  await app.go('train');
  // Long enough for all that happens meanwhile, on a fast computer too.
  await app.train.set('epochs', 50);
  await app.train.set('tuning-epochs', 50);
  await app.train.start();
  await app.train.expectUnderWay();
  publishNext(host.folder);
  const after = versionOf(host.folder);
  expect(after).not.toBe(before);
  host.answers = [];
  expect(await privacy.lookForVersion()).toBe(say('offline.newer'));
  await expect(privacy.newVersion).toContainText(say('offline.switch_waits'));
  await expect(privacy.switch).toHaveAttribute('aria-disabled', 'true');
  // Only what has changed was fetched.
  expect(host.answers.some(({ path }) => /engine-.pu_bg\.wasm$/.test(path))).toBe(false);

  // The training goes on, and nothing of the new version has got into its page.
  const epochs = await app.train.epochs.count();
  await expect.poll(() => app.train.epochs.count(), { timeout: 60_000 }).toBeGreaterThan(epochs);
  expect(await getsNext(page)).toBe(false);
  await privacy.switch.click({ force: true });
  expect(await saysVersion(page)).toBe(before);

  await app.train.stop.click();
  await expect(privacy.newVersion).toContainText(say('offline.switch_loses'), { timeout: 60_000 });
  await expect(privacy.switch).toHaveAttribute('aria-disabled', 'false');

  // Another tab, which would lose its work, is not taken along.
  const other = await context.newPage();
  await other.goto(host.url);
  await expect(other.getByTestId('new-version')).toContainText(say('offline.newer_why'), { timeout: 60_000 });
  expect(await saysVersion(other)).toBe(before);
  await page.bringToFront();
  await privacy.switch.click();
  await expect(page.getByTestId('other-tabs')).toBeVisible();
  expect(await saysVersion(page)).toBe(before);
  await other.close();

  await privacy.switch.click();
  await expect.poll(() => saysVersion(page).catch(() => before), { timeout: 60_000 }).toBe(after);
  await app.expectFilms(192);
  await privacy.expectReady();
  expect(await getsNext(page)).toBe(true);
  await expect(privacy.newVersion).toBeEmpty();
  await privacy.open.click();
  await expect(privacy.version).toHaveText(say('offline.version', { version: after }));
  // Nothing of the old version is left.
  const [names, copies] = await page.evaluate(async (path) => {
    const names = (await caches.keys()).filter((name) => name.includes('precache'));
    const kept = await (await caches.open(names[0]!)).keys();
    return [names.length, kept.filter(({ url }) => url.includes(path)).length];
  }, CHANGED);
  expect([names, copies]).toEqual([1, 1]);
});

test('an update that arrives damaged changes nothing', async ({ host, visit, troubles }) => {
  const { app, privacy } = await visit();
  const { page } = app;
  await privacy.expectReady();
  const before = versionOf(host.folder);
  publishDamaged(host.folder);
  expect(await privacy.lookForVersion()).toBe(say('offline.broken'));
  await expect(privacy.newVersion).toBeEmpty();
  await expect(privacy.state).toContainText(begin('offline.ready'));
  await page.reload();
  await app.expectFilms(192);
  expect(await saysVersion(page)).toBe(before);
  expect(await getsNext(page)).toBe(false);
  await privacy.expectReady();
  // The browser says that a hash did not match.
  const unexpected = troubles.filter((trouble) => !/integrity|service-worker|offline\.css/i.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});
