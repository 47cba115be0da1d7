import { twoClasses } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Lesson, type Place } from '../pages/lesson.ts';
import { say } from '../pages/words.ts';

/** Answers what a step asks, if it asks. */
const predict = async (lesson: Lesson) => {
  if (await lesson.slider.isVisible()) await lesson.slide(90);
  else if (await lesson.choice(0).isVisible()) await lesson.choose(0);
};

test('a learner goes through the lesson with a folder of their own', async ({ app, page, folder }) => {
  test.setTimeout(1_200_000);
  const lesson = new Lesson(page);
  await app.open('?device=cpu&seed=7&arm=both');
  await app.drop(folder('my films', twoClasses(12)));
  await app.expectFilms(24);
  await lesson.begin();

  const found: Partial<Record<Place, string>> = {};
  for (const place of ['train', 'look', 'test', 'marker', 'compare', 'hospital'] as const) {
    await lesson.go(place);
    await predict(lesson);
    await lesson.run();
    found[place] = (await lesson.result.textContent())!;
  }
  expect(found.look).toContain(say('lesson.out.cue'));
  const validated = (await app.train.result.textContent())!.match(/\d+ of \d+/)![0];
  expect(found.train).toContain(validated);
  const scored = (await app.nav('test').textContent())!.match(/\d+ of \d+/)![0];
  expect(found.test).toContain(`${scored} correct`);

  await test.step('nothing says who the patients are: that is said, nothing is asked, and one is led on', async () => {
    await lesson.go('look');
    await expect(lesson.lacks).toHaveText(say('lesson.lack.unseen'));
    await lesson.go('leak');
    await expect(lesson.lacks).toHaveText(say('lesson.lack.patients'));
    await expect(lesson.slider).toBeHidden();
    await expect(lesson.skip).toBeHidden();
    await lesson.next.click();
    await lesson.expectAt('marker');
  });

  for (const place of ['odd', 'mirrored'] as const) {
    await lesson.go(place);
    await predict(lesson);
    await lesson.run();
  }

  await lesson.go('take-away');
  await expect(lesson.next).toHaveText(say('lesson.review.open'));
  await lesson.next.click();
  const report = page.getByTestId('report');
  await expect(report).toContainText(scored);
  // What to take home, with what was found.
  const messages = page.getByTestId('messages');
  await expect(messages).toContainText(say('takeaway.message.test'));
  await expect(messages).toContainText(say('takeaway.message.found', { finding: `${scored} correct` }));
  await expect(report).toContainText(say('takeaway.message.marker'));
  await expect(report).toContainText(say('experiment.title.arms'));
  await expect(report.getByTestId('report-test')).toContainText(scored);
  await expect(report.getByTestId('report-validation')).toContainText(validated);
});
