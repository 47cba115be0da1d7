import type { Page } from '@playwright/test';
import { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Lesson } from '../pages/lesson.ts';
import { fillStorage, forbidKeeping, forbidStorage, Tab } from '../pages/tab.ts';
import { say } from '../pages/words.ts';

/** Long enough for a run that goes on to have gone on. */
const A_WHILE = 2_000;

const notice = (page: Page) => page.getByTestId('keeping');

/** A run that takes some seconds, the same at each time. */
const beginRun = async (app: App) => {
  await app.go('train');
  await app.train.set('epochs', 100);
  await app.train.setting('fine-tuning').uncheck();
  await app.train.start();
};

test('a tab that is hidden, frozen and woken trains to the same figures', async ({ app, page }) => {
  const tab = new Tab(page);
  await app.open('?device=cpu&side=64&seed=4&arm=both');
  await beginRun(app);
  await app.train.expectTrained();
  const undisturbed = await app.train.epochTable();
  expect(undisturbed).toHaveLength(100);

  await tab.openAnew();
  await app.expectFilms(192);
  await beginRun(app);
  await app.train.expectUnderWay();
  await tab.visible(false);
  await tab.lifecycle('frozen');
  await new Promise((resolve) => setTimeout(resolve, A_WHILE));
  await tab.lifecycle('active');
  await tab.visible(true);
  await app.train.expectTrained();
  expect(await app.train.epochTable()).toEqual(undisturbed);
});

test('where nothing may be stored, the lesson goes on and says what will be lost', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  await forbidStorage(page);
  const lesson = new Lesson(page);
  await app.open('?device=cpu&side=64&seed=4&arm=both');
  await expect(notice(page)).toBeEmpty();
  await lesson.begin();
  await expect(notice(page)).toHaveText(say('keeping.forbidden'));
  await axeInBothThemes();
  await lesson.go('look');
  await lesson.choose(2);
  await lesson.run();
  await lesson.toFree.click();
  await app.trainBriefly();
  await app.takeAway.open();
  await expect(app.takeAway.report).toContainText(say('takeaway.predictions'));
});

test('a storage that is full keeps what it has, and the page says so', async ({ app, page }) => {
  const lesson = new Lesson(page);
  await app.open('?device=cpu&side=64&seed=4&arm=both');
  await lesson.begin();
  await lesson.go('look');
  await expect(notice(page)).toBeEmpty();
  await fillStorage(page);
  await lesson.choose(2);
  await expect(notice(page)).toHaveText(say('keeping.full'));
  await expect(lesson.said).toBeVisible();
  expect((await lesson.kept())?.predictions).toEqual([]);
});

test('a second tab trains for itself, and the first says what that means', async ({
  app,
  page,
  context,
  axe,
}) => {
  const first = new Lesson(page);
  await app.open('?device=cpu&side=64&seed=4&arm=both');
  await first.begin();
  await first.go('look');

  const other = new App(await context.newPage());
  await other.open('?device=cpu&side=64&seed=5&arm=both');
  const second = new Lesson(other.page);
  await second.resume.getByTestId('lesson-go-on').click();
  await second.expectAt('look');
  await second.choose(2);

  await expect(notice(page)).toContainText(say('keeping.two_tabs'));
  await axe();
  await notice(page).getByTestId('keeping-seen').click();
  await expect(notice(page)).toBeEmpty();
  await Promise.all([app.trainBriefly(), other.trainBriefly()]);
});

test('the browser asks before a tab is closed that is training, or has trained what it cannot keep', async ({ app, page }) => {
  await forbidKeeping(page);
  await app.open('?device=cpu&side=64');
  await app.go('train');
  await app.train.set('epochs', 100);
  await app.train.set('tuning-epochs', 50);
  await app.train.start();
  await app.train.expectUnderWay();
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await app.train.stop.click();
  await app.train.expectTrained();
  // What was trained would be lost as well.
  const askedAgain = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const again = await askedAgain;
  const closed = page.waitForEvent('close');
  await again.accept();
  await closed;
});
