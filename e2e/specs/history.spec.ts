import { expect, test } from '../pages/fixtures.ts';
import { Lesson } from '../pages/lesson.ts';
import { begin, say } from '../pages/words.ts';

test('Back and Forward lead from station to station, and the network stays', async ({ app, page }) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('test');
  await app.room.open();
  await page.goBack();
  await app.expectAt('test');
  await expect(page.getByTestId('room')).toBeHidden();
  await page.goBack();
  await app.expectAt('train');
  await page.goBack();
  await app.expectAt('look');
  await page.goForward();
  await app.expectAt('train');
  await expect(page.getByRole('heading', { level: 1, name: say('train.heading') })).toBeFocused();
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
});

test('Back leads to the step before, and out of the lesson to where it began', async ({ app, page }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64&seed=3');
  await lesson.begin();
  await lesson.go('train');
  await lesson.slide(91);
  await app.go('look');
  await lesson.go('test');
  await app.expectAt('test');

  await page.goBack();
  await lesson.expectAt('train');
  await app.expectAt('look');
  await page.goBack();
  await lesson.expectAt('train');
  await app.expectAt('train');
  await expect(lesson.said).toBeVisible();
  await page.goBack();
  await lesson.expectAt('start');
  await expect(lesson.heading).toBeFocused();
  await page.goBack();
  await expect(lesson.column).toBeHidden();
  await expect(lesson.offer).toContainText(say('lesson.step.start'));
  await page.goForward();
  await page.goForward();
  await lesson.expectAt('train');
  // A way that was not taken is forgotten, as everywhere.
  await lesson.go('compare');
  await page.goBack();
  await lesson.expectAt('train');
});

test('the address may change its language, and Back still leads back', async ({ app, page }) => {
  await app.open('?side=64');
  await app.go('train');
  await app.go('test');
  await app.bar.choose('es');
  await page.goBack();
  await app.expectAt('train');
  await page.goForward();
  await app.expectAt('test');
});
