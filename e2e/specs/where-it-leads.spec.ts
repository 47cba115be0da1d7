import * as films from '../films.ts';
import { filmsOf, inFolder, twoClasses, zipped } from '../films.ts';
import { STATIONS } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { expectLedTo } from '../pages/led.ts';
import { Lesson } from '../pages/lesson.ts';
import { say } from '../pages/words.ts';

/** Whatever files lead to is in view, has the focus and is said aloud, wherever they are dropped. */
const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 800 },
];

/** Folders of which the visitor must say what they are. */
const unclear = () => ({
  ...inFolder('train', twoClasses(4)),
  ...inFolder('eval', Object.fromEntries(Object.entries(twoClasses(8)).filter(([path]) => !(path in twoClasses(4))))),
});

for (const size of SIZES) {
  test.describe(`in a window of ${size.width} pixels`, () => {
    test.use({ viewport: size });

    test('at every station a drop leads to its question, its refusal or its films', async ({ app, folder, axeInBothThemes }) => {
      test.setTimeout(240_000);
      await app.open('?side=64');
      const question = folder('unclear', unclear());
      const nothing = folder('nothing', { 'a.txt': films.text('a'), 'b.txt': films.text('b') });
      const good = folder('good', { ...twoClasses(4), 'chest/notes.txt': films.text('no film') });
      for (const station of STATIONS) {
        for (const [dropped, look] of [
          [question, () => app.look.expectLedTo(app.look.roles, say('look.roles_heading'))],
          [nothing, () => app.look.expectRefused(say('load_error.no_films'))],
          [good, () => app.look.expectLoaded(8)],
        ] as const) {
          await app.go(station);
          await app.scrollDown();
          await app.drop(dropped);
          await app.expectAt('look');
          await look();
          if (station === 'look') await axeInBothThemes();
        }
        await expect(app.look.said).toContainText(say('look.skipped_one'));
        await expect(app.look.skipped).toBeInViewport();
      }
    });

    test('with the lesson beside or above it is seen as well', async ({ app, page, folder }) => {
      const lesson = new Lesson(page);
      await app.open('?device=cpu&seed=7&arm=both&side=64');
      await lesson.begin();
      await lesson.next.focus();
      await app.drop(folder('unclear', unclear()));
      await app.look.expectLedTo(app.look.roles, say('look.roles_heading'));
      await page.getByTestId('lesson-fold').click();
      await app.drop(folder('good', twoClasses(4)));
      await app.look.expectLoaded(8);
      await lesson.toFree.click();
      await app.drop(folder('alone', filmsOf('chest', 4)));
      await app.look.expectLedTo(app.look.loadError, say('look.all_in_one', { images: say('number.films', { n: 4 }) }));
    });

    test('films that are asked about lead to their answer', async ({ app, page, folder, file, axeInBothThemes }) => {
      await app.open('?side=64');
      await app.drop(folder('my films', twoClasses(4)));
      await app.expectFilms(8);
      await app.trainBriefly();
      const film = file('mine.jpg', films.film('chest/a20.jpg'));
      await app.go('try');
      await app.drop(film);
      await app.ask.expectAnswered(1);
      await expectLedTo(app.ask.section.locator('.answers'), say('ask.answers'));
      await expect(app.ask.latest).toBeInViewport({ ratio: 0.99 });
      await axeInBothThemes();

      await test.step('also where films to learn from were expected', async () => {
        await app.go('look');
        await app.scrollDown();
        await app.look.chooseFiles(film);
        await app.look.expectLedTo(app.look.loadError, say('look.refused'));
        await axeInBothThemes();
        await app.look.askInstead.click();
        await app.expectAt('try');
        await app.ask.expectAnswered(2);
        await expect(app.ask.latest).toBeInViewport({ ratio: 0.99 });
        await app.go('look');
        await app.look.expectCounts('all', [4, 2, 2, 8]);
        await expect(app.look.loadError).toHaveCount(0);
      });

      await test.step('an empty folder is no question, and that is said', async () => {
        await app.go('try');
        await app.drop(folder('empty', {}));
        await app.look.expectRefused(say('load_error.empty'));
        await page.getByTestId('station-look').getByRole('button', { name: say('close') }).click();
        await expect(app.look.loaded).toBeVisible();
      });
    });
  });
}

test.describe('in other ways', () => {
  test.beforeEach(({ app }) => app.open('?side=64'));

  test('what is chosen, and what is pasted, leads there too', async ({ app, folder, page }) => {
    await app.scrollDown();
    await app.look.chooseFolder(folder('unclear', unclear()));
    await app.look.expectLedTo(app.look.roles, say('look.roles_heading'));
    await app.go('train');
    await app.paste({ 'films.zip': zipped(twoClasses(3)) });
    await app.expectAt('look');
    await app.look.expectLoaded(6);

    await test.step('but what is pasted into a field stays there', async () => {
      await app.go('train');
      await app.train.setting('epochs').focus();
      await app.paste({ 'films.zip': zipped(twoClasses(4)) });
      await app.expectAt('train');
      await app.expectFilms(6);
    });
    await page.getByTestId('open-room').click();
    await page.getByTestId('codes').focus();
    await app.paste({ 'films.zip': zipped(twoClasses(4)) });
    await expect(page.getByTestId('room')).toBeVisible();
  });

  test('what lies over the stations makes way', async ({ app, folder, page }) => {
    const good = folder('good', twoClasses(4));
    await app.room.open();
    await app.drop(good);
    await app.look.expectLoaded(8);
    await app.bar.about.click();
    await expect(app.bar.dialog).toBeVisible();
    await app.drop(folder('unclear', unclear()));
    await app.look.expectLedTo(app.look.roles, say('look.roles_heading'));
    await expect(app.bar.dialog).toHaveCount(0);
    await app.look.films.first().click();
    await expect(app.look.viewer).toBeVisible();
    await page.mouse.move(0, 0);
    await app.drop(good);
    await app.look.expectLoaded(8);
    await expect(app.look.viewer).toBeHidden();
  });

  test('of two drops in a row the second one counts', async ({ app, folder }) => {
    await app.drop(folder('many', twoClasses(60)));
    await app.drop(folder('few', twoClasses(3)));
    await app.look.expectLoaded(6);
    await app.expectFilms(6);
  });

  test('the same folder once more leads to the same films', async ({ app, folder }) => {
    const good = folder('good', twoClasses(4));
    await app.drop(good);
    await app.look.expectLoaded(8);
    await app.scrollDown();
    await app.drop(good);
    await app.look.expectLoaded(8);
  });

  test('a single film without a network to ask: what to do is said', async ({ app, file }) => {
    await app.drop(file('mine.jpg', films.film('chest/a20.jpg')));
    await app.look.expectLedTo(app.look.loadError, say('look.refused'));
    await expect(app.look.loadError).toContainText(say('look.ask_later', { n: 1 }));
    await expect(app.look.askInstead).toHaveCount(0);
  });

  test('another of the app’s own films does not take the focus', async ({ app, page }) => {
    const card = page.getByTestId('pack-paediatric');
    await card.focus();
    await page.keyboard.press('Enter');
    await app.expectFilms(16);
    await expect(card).toBeFocused();
    await expect(app.look.loaded).toHaveCount(0);
  });
});

test('any file can be chosen, since those of DICOM often have no ending', async ({ app, page }) => {
  await app.open();
  await app.go('try');
  const input = page.getByTestId('choose-films');
  await expect(input).toBeAttached();
  await expect(input).not.toHaveAttribute('accept');
});
