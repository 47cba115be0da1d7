import type { Page } from '@playwright/test';
import { expect, test } from '../pages/fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { Lesson, LONG, placed, PLACES } from '../pages/lesson.ts';
import { begin, say } from '../pages/words.ts';

/** All predictions were made before their results could be seen, and the review of this lesson counts so many. */
const expectReview = async (page: Page, lesson: Lesson, n: number) => {
  const review = page.getByTestId('lesson-review');
  await expect(review.locator('dt')).toHaveCount(n);
  await expect(review).not.toContainText(say('lesson.review.not_run'));
  // Each has a sign and a word, and the total is theirs.
  const held = await review.locator('.mark-held').count();
  await expect(review.locator('.mark-held, .mark-missed')).toHaveCount(n);
  await expect(review.getByTestId('lesson-total')).toContainText(say('lesson.review.total', { n: held, total: n }));
  for (const sign of await review.locator('.lesson-sign').allTextContents()) expect(sign).toMatch(/^[✓✗]$/);
  const kept = await lesson.kept();
  for (const { step, at, informed } of kept!.predictions) {
    expect(informed).toBe(false);
    const seen = kept!.seen.find(([own]) => JSON.stringify(own) === JSON.stringify(step));
    expect(seen?.[1], `result of ${JSON.stringify(step)}`).toBeGreaterThan(at);
  }
};

test('a learner goes through the eight stops, then the second lesson, and predicts before each result', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  test.setTimeout(3_000_000);
  const lesson = new Lesson(page);
  const lab = page.getByTestId('station-lab');
  const sentences = lab.getByTestId('experiment-sentences');
  await app.open('?device=cpu&seed=7&arm=both');

  await test.step('start', async () => {
    await lesson.begin();
    await expect(lesson.result).toContainText(
      say('lesson.out.arm', { arm: say('lesson.arm.both'), seed: 7 }),
    );
    await expect(lesson.result).toContainText(say('device.asked_for'));
    await axeInBothThemes();
    await lesson.onwards('train');
  });

  await test.step('train in the arm of the link', async () => {
    await app.expectAt('train');
    await expect(app.train.setting('augmentation')).toBeChecked();
    await expect(app.train.setting('dropout')).toHaveValue('0.5');
    await expect(app.train.setting('seed')).toHaveValue('7');
    await expect(app.train.section.locator('.station-buttons')).toHaveAttribute('inert', '');
    await lesson.slide(97);
    await lesson.run();
    const right = (await app.train.result.textContent())!.match(/\d+ of \d+/)![0];
    await expect(lesson.finding).toContainText(right);
    await expect(lesson.verdict).toHaveText(/\S/);
    // The lesson says what comes next, and the station does not.
    await expect(app.train.primary).toBeHidden();
    await axeInBothThemes();
    await lesson.onwards('look');
  });

  await test.step('look: nothing can be run before the prediction, and what comes later is not told', async () => {
    await app.expectAt('look');
    await expect(lesson.next).toHaveText(say('lesson.choose'));
    await app.nav('lab').click();
    await expect(lab).toBeVisible();
    await page.getByTestId('setting-experiment').selectOption({ label: say('experiment.title.pixels') });
    await expect(lab.getByTestId('primary')).toHaveAttribute('aria-disabled', 'true');
    await axeInBothThemes();
    await lesson.choose(2);
    await expect(lesson.next).toHaveText(say('lesson.do_label.pixels'));
    await lesson.run();
    await expect(lesson.more).toContainText('4 by 4');
    for (const later of ['experiment.condition.network', 'experiment.ground.other_patients']) {
      await expect(lesson.result).not.toContainText(say(later), { ignoreCase: true });
      await expect(lab.getByTestId('plot-experiment-1')).not.toContainText(say(later), { ignoreCase: true });
      await expect(sentences).not.toContainText(say(later), { ignoreCase: true });
    }
    await expect(lab.getByTestId('experiment-later')).toBeVisible();
    await axeInBothThemes();
    await lesson.onwards('test');
  });

  await test.step('test once', async () => {
    await app.expectAt('test');
    await expect(app.test.score).toHaveCount(0);
    await lesson.slide(95);
    await lesson.run();
    await expect(app.test.score).toBeVisible();
    const score = (await app.nav('test').textContent())!.match(/\d+ of \d+/)![0];
    await expect(lesson.finding).toContainText(`${score} correct`);
    await expect(lesson.result).toContainText('AUC');
    await expect(lesson.result.getByTestId('lesson-code')).toHaveText(/^FR(-[0-9A-Z]{4})+$/);
    await page.context().grantPermissions(['clipboard-write']);
    await lesson.result.getByTestId('copy-lesson-code').click();
    await expect(lesson.result).toContainText(say('room.qr.copied'));
    await axeInBothThemes();
    await lesson.onwards('leak');
  });

  await test.step('the leak', async () => {
    await lesson.slide(60);
    await lesson.run();
    await expect(lesson.verdict).toHaveText(/\S/);
    await axeInBothThemes();
    // Nothing of the pixels is asked any more.
    await lesson.go('look');
    await expect(lesson.more).toContainText(say('experiment.ground.other_patients'));
    await lesson.go('leak');
    await lesson.onwards('marker');
  });

  await test.step('a burned-in label', async () => {
    await lesson.slide(20);
    await lesson.run();
    await expect(lesson.verdict).toHaveText(/\S/);
    await axeInBothThemes();
    await lesson.onwards('where');
  });

  await test.step('where does it look', async () => {
    await lesson.choose(1);
    await lesson.next.click();
    await app.panel.expectWhole();
    await app.bar.closeDialog();
    await lesson.expectResult();
    await expect(lesson.result).toContainText(say('lesson.witness.random_network'));
    await axeInBothThemes();
    await lesson.onwards('take-away');
  });

  await test.step('take away', async () => {
    await expectReview(page, lesson, 6);
    await axeInBothThemes();
    await page.getByTestId('lesson-second').click();
    await lesson.expectAt('compare');
  });

  await test.step('compare the arms', async () => {
    await lesson.choose(0);
    await lesson.run();
    await expect(lesson.result).toContainText(/Held-out images: augmentation compared with neither: /);
    await expect(page.getByTestId('plot-experiment-1')).toBeVisible();
    await axeInBothThemes();
    await lesson.onwards('hospital');
  });

  await test.step('simulated image changes', async () => {
    await lesson.choose(1);
    await lesson.run();
    await expect(lesson.verdict).toHaveText(/\S/);
    await axeInBothThemes();
    await lesson.onwards('odd');
  });

  await test.step('odd films', async () => {
    await app.expectAt('try');
    await lesson.choose(2);
    await lesson.run();
    await expect(lesson.result).toContainText(say('odd_film.knees'));
    await axeInBothThemes();
    await lesson.onwards('mirrored');
  });

  await test.step('mirrored films', async () => {
    await lesson.choose(2);
    await lesson.run();
    await axeInBothThemes();
    await lesson.onwards('look-back');
  });

  await test.step('look back', async () => {
    await expectReview(page, lesson, 4);
    await axeInBothThemes();
    expect((await lesson.kept())?.predictions).toHaveLength(10);
  });
});

test('the second lesson has numbers, minutes and predictions of its own', async ({ app, page, axe }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64&seed=5');
  await lesson.begin();
  await lesson.go('marker');
  await lesson.slide(20);
  await lesson.go('take-away');
  await expect(lesson.place).toHaveText(say('lesson.place', { number: 8, total: 8 }));
  await expect(page.getByTestId('lesson-review').locator('dt')).toHaveCount(1);
  await page.getByTestId('lesson-second').click();
  await lesson.expectAt('compare');
  await expect(lesson.heading).toBeFocused();
  await expect(lesson.place).toHaveText(say('lesson.second.place', { number: 1, total: 5 }));
  await expect(lesson.clock).toContainText(say('lesson.planned', { from: 0, to: 9 }));
  await expect(lesson.back).toBeDisabled();
  await lesson.choose(0);
  await lesson.go('look-back');
  await expect(page.getByTestId('lesson-review').locator('dt')).toHaveCount(1);
  await expect(page.getByTestId('review-compare')).toContainText(say('lesson.answer.augmentation'));
  await expect(page.getByTestId('lesson-second')).toHaveCount(0);
  await axe();
  // A browser comes back to it as to any other step.
  await page.reload();
  await expect(lesson.resume).toContainText(placed('look-back'));
  await lesson.resume.getByTestId('lesson-go-on').click();
  await lesson.expectAt('look-back');
});

test('the lesson goes on where it was after a reload', async ({ app, page, axe }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64&seed=3');
  await lesson.begin();
  await lesson.next.click();
  await lesson.onwards('train');
  await lesson.slide(91);
  const before = await lesson.kept();

  await page.reload();
  await app.expectFilms(192);
  await expect(lesson.resume).toContainText(
    say('lesson.offer.kept', { place: placed('train') }),
  );
  await axe();
  await lesson.resume.getByTestId('lesson-go-on').click();
  await lesson.expectAt('train');
  await app.expectAt('train');
  await expect(lesson.said).toHaveText(say('lesson.said', { answer: say('lesson.answer.percent', { n: 91 }) }));
  await expect(lesson.next).toHaveText(say('lesson.do_label.train'));
  const after = await lesson.kept();
  expect(after?.predictions).toEqual(before?.predictions);
  expect(after?.arm).toEqual(before?.arm);
  await lesson.run();

  await page.reload();
  // What would be lost is asked about once more, and nothing is lost by Enter.
  const anew = lesson.resume.getByTestId('lesson-anew');
  await anew.click();
  await expect(lesson.resume).toContainText(say('lesson.offer.anew_sure'));
  await expect(lesson.resume.getByTestId('anew-no')).toBeFocused();
  await axe();
  await page.keyboard.press('Enter');
  await expect(anew).toBeFocused();
  expect((await lesson.kept())?.predictions).toEqual(before?.predictions);
  await anew.click();
  await lesson.resume.getByTestId('anew-yes').click();
  await lesson.expectAt('start');
  expect((await lesson.kept())?.predictions).toEqual([]);
  await lesson.go('train');
  await expect(lesson.slider).toBeVisible();
});

test('free play and back, with one click each', async ({ app, page, axe }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64');
  await axe();
  await lesson.begin();
  await lesson.go('test');
  await expect(app.test.section.locator('.station-buttons')).toHaveAttribute('inert', '');
  await lesson.toFree.click();
  await expect(lesson.column).toBeHidden();
  await expect(app.test.section.locator('.station-buttons')).not.toHaveAttribute('inert', '');
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  await lesson.toLesson.click();
  await lesson.expectAt('test');
  await expect(lesson.heading).toBeFocused();
  // The result can be seen: an answer now is kept as what it is.
  await lesson.slide(90);
  await expect(lesson.column).toContainText(say('lesson.said_after'));
  expect((await lesson.kept())?.predictions[0]?.informed).toBe(true);
  await lesson.toFree.click();
  await page.reload();
  await app.expectFilms(192);
  await expect(lesson.column).toBeHidden();
  await expect(lesson.offer).toContainText(say('lesson.step.test'));
  await lesson.offer.getByTestId('lesson-go-on').click();
  await lesson.expectAt('test');
});

test('a link leads into a step', async ({ app, page }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64&step=train&arm=augmentation&seed=11');
  await lesson.expectAt('train');
  await app.expectAt('train');
  await expect(app.train.setting('augmentation')).toBeChecked();
  await expect(app.train.setting('dropout')).toHaveValue('0');
  // Who learns alone is told what a facilitator would say.
  await page.getByTestId('lesson-answers-open').click();
  await expect(page.getByTestId('lesson-answers')).toHaveText(say('room.steps.train.answers'));
  await lesson.skip.click();
  await lesson.expectAt('look');
  await expect(lesson.heading).toBeFocused();
  // Each step opens at its top, however far down one had read.
  await lesson.scrollDown();
  // The next thing leads to the question, also out of a folded column.
  await expect(lesson.next).toHaveText(say('lesson.choose'));
  await lesson.next.click();
  await expect(lesson.choice(0)).toBeFocused();
  await expect(lesson.choice(0)).toBeInViewport();
  await page.getByTestId('lesson-fold').click();
  await expect(lesson.choice(0)).toBeHidden();
  await lesson.next.click();
  await expect(lesson.choice(0)).toBeFocused();
  await lesson.scrollDown();
  await lesson.back.click();
  await lesson.expectAt('train');
  await expect.poll(() => lesson.scrolled()).toBe(0);
});

test('what the lesson does is seen where it happens, and only the lesson says Next', async ({ app, page, axe }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64&seed=5');
  await lesson.begin();
  await expect(app.look.next).toBeHidden();
  await lesson.go('test');
  await expect(app.test.primary).toBeHidden();
  await lesson.slide(95);
  await expect(lesson.next).toHaveText(say('lesson.do_label.train_first'));
  await app.go('train');
  await app.train.set('epochs', 1);
  await lesson.next.click();
  await app.expectAt('train');
  await expect(lesson.next).toHaveText(say('lesson.do_label.test'), LONG);
  await lesson.next.click();
  await app.expectAt('test');
  await expect(app.test.score).toBeVisible();
  await lesson.expectResult();

  // At the end the predictions have the room, with a total; what was not run cannot be told.
  await lesson.go('marker');
  await lesson.slide(20);
  await lesson.go('take-away');
  const review = page.getByTestId('lesson-review');
  const total = review.getByTestId('lesson-total');
  const told = await review.getByTestId('review-test').locator('.mark-held').count();
  await expect(total).toContainText(say('lesson.review.total', { n: told, total: 2 }));
  await expect(total).toContainText(say('lesson.review.untold', { n: 1 }));
  await expect(review.getByTestId('review-marker').locator('.mark-untold')).toContainText(say('lesson.review.unknown'));
  expect((await review.boundingBox())!.width).toBeGreaterThan(900);
  await axe();

  await lesson.toFree.click();
  await app.go('train');
  await expect(app.train.primary).toHaveText(say('train.next_test'));
  await expect(app.train.primary).toBeVisible();
});

test('a double click does the next thing once', async ({ app, page }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64');
  await lesson.begin();
  await expect(lesson.next).toHaveText(say('lesson.do_label.draw'));
  await lesson.next.dblclick();
  await lesson.expectAt('start');
  await expect(lesson.next).toHaveText(say('lesson.next', { name: say('lesson.step.train') }));
});

test('the clock stops and goes on', async ({ app, page }) => {
  await page.clock.install();
  const lesson = new Lesson(page);
  await app.open('?side=64');
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 20_000));
  await lesson.begin();
  await expect(lesson.clock).toContainText(say('lesson.minute', { n: 0 }));
  await page.clock.fastForward('02:10');
  await expect(lesson.clock).toContainText(say('lesson.minute', { n: 2 }));
  await lesson.clock.getByTestId('lesson-pause').click();
  await page.clock.fastForward('05:00');
  await expect(lesson.clock).toContainText(say('lesson.stopped', { n: 2 }));
  await lesson.clock.getByTestId('lesson-pause').click();
  await page.clock.fastForward('01:00');
  await expect(lesson.clock).toContainText(say('lesson.minute', { n: 3 }));
});

test('the keyboard alone leads from the offer to a trained network', async ({ app, page }) => {
  const keyboard = new Keyboard(page);
  const lesson = new Lesson(page);
  await app.open('?side=64&seed=2');
  await keyboard.tabTo(lesson.offer.getByTestId('lesson-begin'));
  await keyboard.press('Enter');
  await expect(lesson.heading).toBeFocused();
  await keyboard.tabTo(lesson.next);
  await keyboard.press('Enter');
  // The button that was pressed kept the focus, and is now the way on.
  await keyboard.expectSeen(lesson.next);
  await keyboard.press('Enter');
  await lesson.expectAt('train');
  await expect(lesson.heading).toBeFocused();
  await keyboard.tabTo(lesson.slider);
  await keyboard.press('ArrowRight');
  await keyboard.tabTo(lesson.next);
  await keyboard.press('Enter');
  await expect(lesson.said).toHaveText(say('lesson.said', { answer: say('lesson.answer.percent', { n: 51 }) }));
  await keyboard.press('Enter');
  await expect(lesson.live).toContainText(begin('lesson.out.train'), LONG);
  await expect(lesson.more).toContainText(begin('lesson.out.train_frozen'));
  await keyboard.expectSeen(lesson.next);
  await keyboard.press('Enter');
  await lesson.expectAt('look');
  await keyboard.tabTo(lesson.choice(0));
  await keyboard.press('ArrowDown');
  await expect(lesson.choice(1)).toBeChecked();
  await keyboard.tabTo(lesson.skip);
  await keyboard.press('Enter');
  await lesson.expectAt('test');
});

test('an experiment shows its points, its table and its end', async ({ app, page, axeInBothThemes }) => {
  await app.open('?side=64&device=cpu');
  await app.nav('lab').click();
  const lab = page.getByTestId('station-lab');
  await lab.getByTestId('setting-experiment').selectOption({ label: say('experiment.title.shortcut') });
  await lab.getByTestId('setting-experiment-seeds').fill('3');
  await lab.getByTestId('setting-experiment-seeds').blur();
  await axeInBothThemes();
  await lab.getByTestId('primary').click();
  await expect(lab.getByTestId('primary')).toHaveText(say('experiment.stop'));
  await expect(lab.getByTestId('primary')).toHaveText(say('experiment.again'), LONG);
  const plot = lab.getByTestId('plot-experiment-1');
  // Six doses, three grounds, three seeds.
  await expect(plot.locator('svg .plot-speck')).toHaveCount(54);
  await expect(plot.locator('svg .plot-whisker')).not.toHaveCount(0);
  await plot.getByText(say('report.numbers')).click();
  await expect(plot.locator('tbody tr')).toHaveCount(54 + 18);
  const csv = page.waitForEvent('download');
  await plot.getByTestId('save-csv').click();
  expect((await csv).suggestedFilename()).toBe('firstread-experiment-1.csv');
  await expect(lab.getByTestId('experiment-sentences').locator('li')).not.toHaveCount(0);
  await axeInBothThemes();

  await lab.getByTestId('setting-experiment').selectOption({ label: say('experiment.title.mistakes') });
  await lab.getByTestId('primary').click();
  await lab.getByTestId('primary').click();
  await expect(lab.getByTestId('experiment-state')).toContainText(say('experiment.stopped'));
  await lab.getByTestId('setting-experiment').selectOption({ label: say('experiment.title.shortcut') });
  await expect(plot.locator('svg .plot-speck')).toHaveCount(54);
});

test('a forbidden storage breaks nothing', async ({ app, page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('not here', 'SecurityError');
      },
    });
  });
  const lesson = new Lesson(page);
  await app.open('?side=64');
  await lesson.begin();
  await lesson.go('look');
  await lesson.choose(0);
  await expect(lesson.said).toBeVisible();
});

test('every step fits at every width', async ({ app, page }) => {
  const lesson = new Lesson(page);
  await app.open('?side=64');
  await lesson.begin();
  for (const width of [768, 1024, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const place of PLACES) {
      await lesson.go(place);
      expect(await beyond(page), `${place} at ${width}`).toEqual([]);
      await expect(lesson.next).toBeInViewport();
    }
  }
});

/** What reaches beyond the right edge of the window. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const reaches = (element: Element) => element.getBoundingClientRect().right > clientWidth + 0.5;
    return [...document.body.querySelectorAll('*')].filter(reaches).map((element) => element.outerHTML.slice(0, 80));
  });
