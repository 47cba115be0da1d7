import { expect, test } from '../pages/fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { begin, say } from '../pages/words.ts';

test('the keyboard alone leads from opening to a prediction', async ({ app, page }) => {
  const keyboard = new Keyboard(page);
  const { look, train, ask } = app;
  await app.open('?side=64');

  await keyboard.tabTo(look.next);
  await keyboard.press('Enter');
  await app.expectAt('train');
  await expect(train.section.getByRole('heading', { level: 1 })).toBeFocused();

  await keyboard.tabTo(train.primary);
  await keyboard.press('Enter');
  await train.expectTrained();
  // The button that was pressed kept the focus, and is now the way on.
  await keyboard.expectSeen(train.primary);
  await keyboard.press('Enter');
  await app.expectAt('test');

  await keyboard.tabTo(app.test.primary);
  await keyboard.press('Enter');
  await expect(app.test.score).toBeVisible();
  await keyboard.tabTo(app.test.cell(0, 0));
  await keyboard.press('Enter');
  await expect(app.test.cellFilms).toBeVisible();
  await keyboard.press('Shift+Tab');
  await expect(app.test.tab('scores')).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(app.test.primary).toBeFocused();
  await keyboard.press('Enter');
  await app.expectAt('try');

  await keyboard.tabTo(ask.oddFilm('knees'));
  await keyboard.press('Enter');
  await ask.expectAnswered(1);
  // Said plainly, or as what it would have said if it did not know better than to answer.
  await expect(ask.latest).toContainText(/(Abdomen|Chest), \d+%/);
});

test('settings can be changed by keyboard', async ({ app, page }) => {
  const keyboard = new Keyboard(page);
  const { train } = app;
  await app.open();
  await keyboard.tabTo(app.nav('train'));
  await keyboard.press('Enter');
  await keyboard.tabTo(train.setting('split'));
  await keyboard.press('ArrowDown');
  await expect(train.setting('split')).toHaveValue('1');
  await keyboard.tabTo(train.setting('augmentation'));
  await keyboard.press('Space');
  await keyboard.tabTo(train.setting('flip'));
  await keyboard.press('Space');
  await expect(train.setting('flip')).toBeChecked();
  await keyboard.tabTo(train.setting('epochs'));
  await keyboard.press('ArrowUp');
  await expect(train.setting('epochs')).toHaveValue('6');
});

test('arrow keys lead from film to film, and Escape back to where one was', async ({ app, page }) => {
  const keyboard = new Keyboard(page);
  const { look } = app;
  await app.open();
  await expect(look.films).toHaveCount(192);
  const first = look.films.first();
  await keyboard.tabTo(first);
  await keyboard.press('Enter');
  const place = (place: number) => say('viewer.heading', { place, n: 192 });
  await expect(look.viewer).toContainText(place(1));
  await keyboard.press('ArrowRight');
  await expect(look.viewer).toContainText(place(2));
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await expect(look.viewer).toContainText(place(192));
  const window = look.viewer.getByLabel(say('viewer.window'));
  await keyboard.tabTo(window);
  await keyboard.press('Home');
  await expect(window).toHaveValue((await window.getAttribute('min'))!);
  await expect(look.viewer).toContainText(place(192));
  await keyboard.press('Escape');
  await expect(look.viewer).toBeHidden();
  await expect(first).toBeFocused();
});

test('a screen reader hears how the run goes, and the answer', async ({ app }) => {
  await app.open('?side=64');
  await app.go('train');
  const { said } = app.train;
  await expect(said).toHaveAttribute('role', 'status');
  await app.train.set('epochs', 100);
  await app.train.set('tuning-epochs', 50);
  await app.train.start();
  await expect(said).toContainText(begin('train.said_running'), { timeout: 60_000 });
  await app.train.stop.click();
  await expect(said).toContainText(begin('train.finished_early'), { timeout: 60_000 });
  await expect(said).toContainText(begin('train.result'));
  await app.go('try');
  const live = app.ask.section.locator('[aria-live="polite"]');
  await app.ask.oddFilm('rotated').click();
  await expect(live).toContainText(/(Abdomen|Chest), \d+%/);
});

test('nothing moves for visitors who asked for that', async ({ app, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open('?side=64');
  await app.look.films.first().hover();
  const moving = () =>
    page.evaluate(() => {
      const isMoving = (element: Element) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
        const slow = transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0);
        return animationName !== 'none' || slow || scrollBehavior === 'smooth';
      };
      return [...document.querySelectorAll('*')].filter(isMoving).map((element) => element.outerHTML);
    });
  expect(await moving()).toEqual([]);
  await app.trainBriefly();
  expect(await moving()).toEqual([]);
});
