import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { twoClasses } from '../films.ts';
import { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Privacy } from '../pages/privacy.ts';
import { SavePack } from '../pages/save-pack.ts';
import { Sorting } from '../pages/sorting.ts';
import { forbidKeeping } from '../pages/tab.ts';
import { RUN } from '../pages/train.ts';
import { begin, say } from '../pages/words.ts';

/** Milliseconds from the reload on, after which curves and scores are there again: five times what it takes a computer that has nothing else to do. */
const SOON = 10_000;

const LINK = '?device=cpu&side=64&seed=4&arm=both';

const notice = (page: Page) => page.getByTestId('kept');

/** What is kept of all visits, once it is: how many networks. */
const networks = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('firstread');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const base = request.result;
          if (!base.objectStoreNames.contains('network')) {
            base.close();
            return resolve(0);
          }
          const count = base.transaction('network').objectStore('network').count();
          count.onsuccess = () => {
            base.close();
            resolve(count.result);
          };
        };
      }),
  );

const expectKept = (page: Page, n = 1) => expect.poll(() => networks(page), RUN).toBe(n);

/** A run that takes some seconds, the same at each time. */
const beginRun = async (app: App) => {
  await app.go('train');
  await app.train.set('epochs', 100);
  await app.train.setting('fine-tuning').uncheck();
  await app.train.start();
};

test('after a reload curves, scores and the open test are back, and the network answers', async ({ app, page, axe }) => {
  await app.open(LINK);
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();
  await app.go('try');
  await app.ask.oddFilm('knees').click();
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
  const sentence = await app.ask.sentence.textContent();
  await expectKept(page);
  await page.waitForTimeout(500); // the answer as well

  const begun = Date.now();
  await page.reload();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'), RUN);
  const seconds = Date.now() - begun;
  console.log(`restored after ${seconds} ms`);
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);
  await app.go('test');
  expect(await app.test.confusion()).toEqual(confusion);
  await app.go('try');
  await expect(app.ask.sentence).toHaveText(sentence!);
  await axe();
  await app.ask.oddFilm('knees').click();
  await expect(app.ask.answers).toHaveCount(2);
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
  await expect(app.ask.sentence).toHaveText(sentence!);
  // It was opened once, and is opened a second time.
  await app.go('train');
  await app.train.again.click();
  await app.train.expectTrained();
  await app.go('test');
  await app.test.open();
  await expect(app.test.looks).toHaveText(say('test.looks', { n: 2 }));
  expect(seconds).toBeLessThan(SOON);
});

test('reloaded in mid-training it goes on, and ends with the curve of an undisturbed run', async ({ app, page }) => {
  await app.open(LINK);
  await beginRun(app);
  await app.train.expectTrained();
  const undisturbed = await app.train.epochTable();
  expect(undisturbed).toHaveLength(100);

  const other = new App(await page.context().newPage());
  await other.open(LINK);
  await beginRun(other);
  await other.train.expectUnderWay();
  await expectKept(other.page, 2);
  await other.page.reload();
  await other.expectFilms(192);
  await other.go('train');
  await other.train.expectTrained();
  expect(await other.train.epochTable()).toEqual(undisturbed);
});

test('paused it is paused after a reload', async ({ app, page }) => {
  await app.open(LINK);
  await beginRun(app);
  await app.train.expectUnderWay();
  await app.train.pause();
  const { done } = await app.train.pausedAt();
  await expectKept(page);
  await page.waitForTimeout(500);
  await page.reload();
  await app.expectFilms(192);
  await app.go('train');
  expect((await app.train.pausedAt()).done).toBe(done);
  await app.train.resume();
  await app.train.expectTrained();
});

test('a tab that has kept what it trained is closed without a question', async ({ app, page }) => {
  await app.open(LINK);
  await app.trainBriefly();
  await expectKept(page);
  await page.waitForTimeout(500);
  page.on('dialog', () => expect(false, 'the browser asks').toBe(true));
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('two tabs keep their own, and a new one is offered what a closed one left', async ({ app, page }) => {
  await app.open(LINK);
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  const second = new App(await page.context().newPage());
  await second.open(LINK);
  await expect(notice(second.page)).toBeEmpty();
  await second.go('train');
  await second.train.set('epochs', 2);
  await second.train.setting('fine-tuning').uncheck();
  await second.train.start();
  await second.train.expectTrained();
  await expectKept(page, 2);
  await page.reload();
  await app.expectFilms(192);
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);

  await page.close();
  const third = new App(await second.page.context().newPage());
  await third.open(LINK);
  await expect(notice(third.page)).toContainText(begin('kept.offer'));
  await expect(third.nav('train')).toContainText(say('station.not_trained'));
  await notice(third.page).getByTestId('kept-go-on').click();
  await third.go('train');
  await expect(third.train.epochs).toHaveCount(1);
  expect(await third.train.epochTable()).toEqual(curve);
  await expect(notice(third.page)).toBeEmpty();
});

test('what is kept is listed with its size, and erased while another tab is open', async ({ app, page }) => {
  const privacy = new Privacy(page);
  await app.open(LINK);
  await app.trainBriefly();
  await expectKept(page);
  const other = new App(await page.context().newPage());
  await other.open(LINK);
  await privacy.open.click();
  await expect(privacy.stored).toContainText([begin('privacy.stored_work')]);
  await privacy.erase.click();
  await page.getByTestId('erase-yes').click();
  await expect(privacy.erased).toHaveText(say('privacy.erased'));
  await privacy.close();
  await other.trainBriefly();
  await page.waitForTimeout(1_000);
  const left = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left).toEqual([]);
});

test('where nothing can be kept, it is said and the training goes on', async ({ app, page, axeInBothThemes }) => {
  await forbidKeeping(page);
  await app.open(LINK);
  await app.trainBriefly();
  await expect(page.getByTestId('keeping')).toHaveText(say('kept.forbidden'));
  await axeInBothThemes();
  await app.go('test');
  await app.test.open();
});

test('where there is no room any more, it is said and the training goes on', async ({ app, page }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('There is no room.', 'QuotaExceededError');
    };
  });
  await app.open(LINK);
  await app.trainBriefly();
  await expect(page.getByTestId('keeping')).toHaveText(say('kept.full'));
});

test('own images are not kept: their curves come back, and their network with the same images', async ({
  app,
  page,
  folder,
  axe,
}) => {
  await app.open(LINK);
  const own = folder('my films', twoClasses(6));
  await app.drop(own);
  await app.expectFilms(12);
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  await expectKept(page);
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(page)).toContainText('my films');
  await axe();
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
  await app.drop(own);
  await app.expectFilms(12);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);
  await notice(page).getByTestId('kept-seen').click();
  await expect(notice(page)).toBeEmpty();
  await app.go('try');
  await app.ask.oddFilm('knees').click();
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
});

test('own images in a pile under other names, or out of a saved pack, bring their network back', async ({
  app,
  page,
  folder,
  axe,
}, testInfo) => {
  const classes = twoClasses(6);
  const pack = new SavePack(page);
  await app.open(LINK);
  await app.drop(folder('my films', classes));
  await app.expectFilms(12);
  await pack.begin.click();
  const saved = await pack.saved((name) => testInfo.outputPath(name));
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  await expectKept(page);

  const expectBack = async () => {
    await app.expectFilms(12);
    await expect(app.nav('train')).toContainText(begin('station.trained_to'));
    await expect(notice(page)).toContainText(say('kept.came_back_no_patients'));
    await app.go('train');
    expect(await app.train.epochTable()).toEqual(curve);
  };
  await page.reload();
  await app.expectFilms(192);
  await app.drop(saved);
  await expectBack();

  // However often the page is loaded before the images are.
  for (let time = 0; time < 2; time += 1) {
    await page.reload();
    await app.expectFilms(192);
    await expect(notice(page)).toContainText(begin('kept.needs_films'));
    await page.waitForTimeout(500);
  }
  const images = Object.values(classes).reverse();
  const pile = folder('pile', Object.fromEntries(images.map((bytes, at) => [`IMG ${at}.jpg`, bytes])));
  await app.drop(pile);
  await expect(page.getByTestId('kept-in-a-pile')).toHaveText(
    say('kept.in_a_pile', { images: say('number.films', { n: 12 }) }),
  );
  await axe();
  await page.getByTestId('kept-as-before').click();
  await expectBack();
  await app.go('try');
  await app.ask.chooseFilms(join(pile, 'IMG 0.jpg'));
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
  await expect(app.ask.latest.getByTestId('seen')).toHaveText(
    new RegExp([say('ask.in_training'), say('ask.in_validation'), say('ask.in_test')].join('|')),
  );
});

test('own images with other classes keep them, unless the visitor wants those from before', async ({ app, page, folder }) => {
  const images = Object.values(twoClasses(6));
  const sorted = (classOf: (at: number) => string) =>
    Object.fromEntries(images.map((bytes, at) => [`${classOf(at)}/IMG ${at}.jpg`, bytes]));
  await app.open(LINK);
  await app.drop(folder('my films', sorted((at) => (at < 6 ? 'chest' : 'abdomen'))));
  await app.expectFilms(12);
  await app.trainBriefly();
  await expectKept(page);
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(page)).toContainText('my films');
  await notice(page).getByTestId('kept-curves').click();
  await expect(app.test.section.getByTestId('runs-table')).toBeVisible();

  await app.drop(folder('others', sorted((at) => (at % 2 ? 'left' : 'right'))));
  await app.expectFilms(12);
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
  await expect(notice(page)).toContainText(say('kept.said_otherwise', { images: say('number.films', { n: 12 }) }));
  await notice(page).getByTestId('kept-as-before').click();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await expect(page.getByTestId('counts')).toContainText(/Chest/);
});

test('what was sorted by hand comes back before anything is trained', async ({ app, page, folder }) => {
  const sorting = new Sorting(page);
  const images = Object.values(twoClasses(3));
  const pile = folder('pile', Object.fromEntries(images.map((bytes, at) => [`IMG ${at}.jpg`, bytes])));
  await app.open(LINK);
  await app.drop(pile);
  await sorting.offer.click();
  await sorting.add('Left');
  await sorting.add('Right');
  await sorting.selectRange(0, 2);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.desk.getByTestId('sort-all').click();
  await sorting.place(1).getByTestId('sort-move-1').click();
  await sorting.done.click();
  await app.expectFilms(6);
  await page.waitForTimeout(1_000);
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(page)).toContainText(begin('kept.needs_sorted'));
  await app.drop(pile);
  await page.getByTestId('kept-as-before').click();
  await app.expectFilms(6);
  await expect(page.getByTestId('counts')).toContainText('Left');
  await expect(notice(page)).toBeEmpty();
});

test('a new training does not erase the network before it: one goes back to it', async ({ app }) => {
  await app.open(LINK);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();
  await app.go('train');
  await app.train.again.click();
  await app.train.expectTrained();
  await app.go('test');
  await expect(app.test.primary).toHaveText(say('test.open'));
  await app.test.section.getByText(say('beyond.runs.closed')).click();
  await app.test.section.getByTestId('runs-go-back').click();
  await app.test.show('runs');
  await expect(app.test.section.getByTestId('runs-go-back')).toHaveText(say('beyond.runs.go_back', { n: 2 }));
  await app.test.show('scores');
  expect(await app.test.confusion()).toEqual(confusion);
  await app.go('try');
  await app.ask.oddFilm('knees').click();
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
});
