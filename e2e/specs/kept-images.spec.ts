import type { Page } from '@playwright/test';
import { twoClasses } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Privacy } from '../pages/privacy.ts';
import { begin, say } from '../pages/words.ts';

const LINK = '?device=cpu&side=64&seed=4&arm=both';

const wish = (page: Page) => page.getByTestId('keep-images');
const kept = (page: Page) => page.getByTestId('images-kept');
const notice = (page: Page) => page.getByTestId('kept');

test('own images come back with their network where the visitor asked for that, until they ask no more', async ({
  app,
  page,
  folder,
  axe,
}) => {
  await app.open(LINK);
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  await expect(wish(page)).not.toBeChecked();
  await wish(page).check();
  await expect(kept(page)).toContainText('12');
  await axe();
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { kept: { size(): Promise<number[]> } }).kept.size())).toEqual([
    1,
    expect.any(Number),
    12,
    expect.any(Number),
  ]);

  await page.reload();
  await app.expectFilms(12);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);
  await app.go('look');
  await expect(wish(page)).toBeChecked();
  await expect(kept(page)).toContainText('12');
  const privacy = new Privacy(page);
  await privacy.open.click();
  await expect(page.getByTestId('stored')).toContainText(begin('privacy.stored_images'));
  await privacy.close();

  await wish(page).uncheck();
  await expect(kept(page)).toHaveCount(0);
  await privacy.open.click();
  await expect(page.getByTestId('stored')).not.toContainText(begin('privacy.stored_images'));
  await privacy.close();
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(page)).toContainText('my films');
});

test('own images that are kept come back with the settings before anything is trained, and go with other images', async ({
  app,
  page,
  folder,
}) => {
  await app.open(LINK);
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  await wish(page).check();
  await expect(kept(page)).toContainText('12');
  await app.go('train');
  await app.train.set('epochs', 7);
  await app.go('look');
  await page.reload();
  await app.expectFilms(12);
  await app.go('train');
  await expect(app.train.setting('epochs')).toHaveValue('7');
  await app.go('look');
  // Nothing is trained, and it is asked all the same.
  await app.look.builtIn.click();
  const named = say('replace.images', { images: say('number.films', { n: 12 }) });
  await expect(app.look.replace).toContainText(named);
  await expect(app.look.replace).not.toContainText(say('replace.network'));
  await app.look.replace.getByTestId('replace-keep').click();
  await app.expectFilms(12);
  await expect(kept(page)).toContainText('12');
  await app.look.builtIn.click();
  await app.look.giveUp();
  await app.expectFilms(192);
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(page)).toBeEmpty();
});

test('where there is no room for images it is said, and nothing else is lost', async ({ app, page, folder }) => {
  await page.addInitScript(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function full(...words) {
      if (this.name === 'images') throw new DOMException('No room.', 'QuotaExceededError');
      return put.apply(this, words);
    };
  });
  await app.open(LINK);
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  await wish(page).click();
  await expect(page.getByTestId('images-not-kept')).toHaveText(say('kept.images_full'));
  await expect(wish(page)).not.toBeChecked();
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
});

test('settings come back before anything is trained', async ({ app, page }) => {
  await app.open(LINK);
  await app.go('train');
  await app.train.set('epochs', 7);
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { kept: { size(): Promise<number[]> } }).kept.size()))
    .toEqual([1, expect.any(Number), 0, 0]);
  await page.reload();
  await app.expectFilms(192);
  await app.go('train');
  await expect(app.train.setting('epochs')).toHaveValue('7');
});
