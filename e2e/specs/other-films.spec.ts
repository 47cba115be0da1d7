import * as films from '../films.ts';
import { twoClasses } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Tasks } from '../pages/tasks.ts';
import { begin, say } from '../pages/words.ts';

test.beforeEach(({ app }) => app.open('?side=64'));

test('before anything was trained, other images are loaded at once', async ({ app, page }) => {
  const tasks = new Tasks(page);
  await tasks.pack('paediatric').click();
  await app.expectFilms(16);
  await expect(app.look.replace).toBeHidden();
});

test('other images and another task take the place of a trained network only once the visitor agrees', async ({
  app,
  page,
  folder,
  file,
  axeInBothThemes,
}) => {
  const tasks = new Tasks(page);
  await app.trainBriefly();
  await app.go('look');

  await test.step('a pack: what would be lost is said, and keeping it is the default', async () => {
    await tasks.pack('paediatric').click();
    await expect(app.look.replace).toContainText(say('replace.network'));
    await expect(app.look.replace).not.toContainText(begin('replace.experiments'));
    await expect(app.look.replace.getByTestId('replace-keep')).toBeFocused();
    await axeInBothThemes();
    await page.keyboard.press('Enter');
    await expect(app.look.replace).toBeHidden();
    await tasks.expectChosen('built-in', 'region');
    await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  });

  await test.step('a task, and Escape', async () => {
    await tasks.task('mirrored').click();
    await expect(app.look.replace).toContainText(say('replace.heading_task'));
    await page.keyboard.press('Escape');
    await expect(app.look.replace).toBeHidden();
    await tasks.expectChosen('built-in', 'region');
  });

  await test.step('files that are dropped at any station; those of the last drop count', async () => {
    await app.go('train');
    await app.drop(folder('more', twoClasses(6)));
    await expect(app.look.replace).toBeVisible();
    await app.expectAt('train');
    await app.drop(folder('my films', twoClasses(4)));
    await expect(app.look.replace).toBeVisible();
    await app.look.replace.getByTestId('replace-keep').click();
    await app.expectFilms(192);
    await app.expectAt('train');
  });

  await test.step('a single image replaces nothing, and nothing is asked', async () => {
    await app.go('look');
    await app.drop(file('mine.jpg', films.film('chest/a20.jpg')));
    await app.look.expectLedTo(app.look.loadError, say('look.refused'));
    await expect(app.look.replace).toBeHidden();
    await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  });

  await test.step('who agrees gets the other images', async () => {
    await app.go('train');
    await app.drop(folder('my films', twoClasses(4)));
    await app.look.giveUp();
    await app.expectAt('look');
    await app.look.expectLoaded(8);
    await expect(app.nav('train')).toContainText(say('station.not_trained'));
    // With nothing to lose, nothing is asked.
    await tasks.pack('built-in').click();
    await app.expectFilms(192);
  });
});

test('the results of experiments count as well', async ({ app, page }) => {
  await app.nav('lab').click();
  const lab = page.getByTestId('station-lab');
  await lab.getByTestId('setting-experiment').selectOption({ label: say('experiment.title.pixels') });
  await lab.getByTestId('primary').click();
  await app.go('look');
  await new Tasks(page).pack('paediatric').click();
  await expect(app.look.replace).toContainText(say('replace.experiments', { n: 1 }));
  await expect(app.look.replace).not.toContainText(say('replace.network'));
  await app.look.replace.getByTestId('replace-keep').click();
  await app.expectFilms(192);
});
