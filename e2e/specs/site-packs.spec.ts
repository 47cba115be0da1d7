import type { Page } from '@playwright/test';
import { inFolder, twoClasses, zipped } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { begin, say } from '../pages/words.ts';

const LIST = {
  packs: [
    { file: 'packs/mine.zip', name: 'Of our department', images: 10, megabytes: 0.1, licence: 'CC BY 4.0' },
    { file: '../elsewhere.zip', name: 'Not of this site' },
  ],
};

/** What whoever runs the site has put beside it. */
const put = async (page: Page, list: string) => {
  await page.route('**/packs.json', (route) => route.fulfill({ body: list, contentType: 'application/json' }));
  await page.route('**/packs/mine.zip', (route) =>
    route.fulfill({ body: Buffer.from(zipped(inFolder('mine', twoClasses(5)))), contentType: 'application/zip' }),
  );
};

test('a pack that lies beside the site is chosen like those of the app', async ({ app, page, axeInBothThemes }) => {
  await put(page, JSON.stringify(LIST));
  await app.open('?device=cpu&side=64');
  const card = page.getByTestId('site-pack-mine');
  await expect(card).toContainText('Of our department');
  await expect(card).toContainText('CC BY 4.0');
  await expect(page.getByTestId('site-pack-elsewhere')).toHaveCount(0);
  await card.click();
  await app.expectFilms(10);
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await axeInBothThemes();

  await app.trainBriefly();
  await app.go('look');
  await app.look.builtIn.click();
  await app.look.giveUp();
  await app.expectFilms(192);
  await expect(card).toHaveAttribute('aria-pressed', 'false');
});

test('a link opens the page with it, and the room hands out such a link', async ({ app, page }) => {
  await put(page, JSON.stringify(LIST));
  await page.goto('?device=cpu&side=64&pack=mine');
  await app.expectFilms(10);

  await page.goto('?room');
  await page.getByTestId('link-pack').selectOption({ label: 'Of our department' });
  await expect(page.getByTestId('room-link')).toContainText('pack=mine');
  await page.getByTestId('link-pack').selectOption({ label: say('room.pack.built_in') });
  await expect(page.getByTestId('room-link')).not.toContainText('pack=');
});

test('a link to a pack that is not there says so, and the built-in images stay', async ({ app, page }) => {
  await put(page, JSON.stringify(LIST));
  await app.open('?device=cpu&side=64&pack=theirs');
  await expect(app.look.loadError).toContainText('theirs.zip');
  await expect(app.look.loadError).toContainText(begin('look.still_there'));
});

test('a list that cannot be read leaves the page as it is', async ({ app, page }) => {
  await put(page, '{ "packs": [');
  await app.open('?device=cpu&side=64');
  await expect(page.locator('[data-testid^="site-pack-"]')).toHaveCount(0);
  await app.trainBriefly();
});
