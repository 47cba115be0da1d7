import { film, filmsOf, inFolder, twoClasses, zipped } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

test.beforeEach(async ({ app }) => app.open('?side=64'));

test('a dropped folder of real films can be trained on, and given up again', async ({
  app,
  folder,
  axeInBothThemes,
}) => {
  await app.go('train');
  await app.drop(folder('my films', twoClasses(6)));
  // Wherever films are dropped, they are seen first.
  await app.expectAt('look');
  await app.expectFilms(12);
  await app.look.expectCounts('all', [8, 2, 2, 12]);
  await expect(app.look.films).toHaveCount(12);
  await expect(app.look.skipped).toHaveCount(0);
  await axeInBothThemes();
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  expect((await app.test.confusion()).flat().reduce((sum, n) => sum + n)).toBe(2);

  await app.go('look');
  await app.look.builtIn.click();
  await app.look.giveUp();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
});

test('a chosen folder counts as much as a dropped one', async ({ app, folder }) => {
  await app.look.chooseFolder(folder('my films', twoClasses(4)));
  await app.expectFilms(8);
  await app.look.expectCounts(0, [2, 1, 1, 4]);
  await app.look.expectCounts(1, [2, 1, 1, 4]);
});

test('a zip can be dropped or chosen, and trained on', { tag: '@firefox' }, async ({ app, file }) => {
  await app.drop(file('films.zip', zipped(inFolder('my films', twoClasses(5)))));
  await app.expectFilms(10);
  await app.look.chooseFiles(file('other films', zipped(twoClasses(4))));
  await app.expectFilms(8);
  await app.look.expectCounts('all', [4, 2, 2, 8]);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  expect((await app.test.confusion()).flat().reduce((sum, n) => sum + n)).toBe(2);
});

test('several class folders can be dropped together', async ({ app, folder }) => {
  const abdomen = folder('abdomen', filmsOf('abdomen', 3));
  const chest = folder('chest', filmsOf('chest', 3));
  await app.drop(abdomen, chest);
  await app.expectFilms(6);
  await app.look.expectCounts(1, [1, 1, 1, 3]);
});

test('a large folder is read whole', async ({ app, folder }) => {
  // The browser hands out a folder a hundred files at a time.
  await app.drop(folder('my films', { ...twoClasses(3), ...extra(250) }));
  await app.expectFilms(6);
  expect(await app.look.leftOut()).toHaveLength(250);
});

test('a large folder that another choice overtakes does not come after it', async ({ app, folder, file }) => {
  // More files than go to the engine in one message.
  await app.look.chooseFolder(folder('my films', { ...twoClasses(3), ...extra(600) }));
  await app.look.chooseFiles(file('films.zip', zipped(twoClasses(5))));
  await app.expectFilms(10);
  await app.trainBriefly();
  await app.expectFilms(10);
});

test('reading that takes long can be stopped, and what was there stays', async ({ app, folder }) => {
  await app.trainBriefly();
  const films = Object.entries(twoClasses(20));
  const many = Array.from({ length: 40 }, (_, copy) =>
    films.map(([path, bytes]) => [path.replace('.', `-${copy}.`), bytes] as const),
  );
  await app.look.chooseFolder(folder('many', Object.fromEntries(many.flat())));
  await app.look.giveUp();
  await expect(app.look.loading).toContainText(say('look.reading_own'));
  await app.look.section.getByTestId('stop-loading').click();
  await expect(app.look.loading).toBeHidden();
  await app.expectFilms(192);
  await expect(app.nav('train')).not.toContainText(say('station.not_trained'));
  // And other files are read after it.
  await app.drop(folder('my films', twoClasses(6)));
  await app.look.giveUp();
  await app.expectFilms(12);
});

test('folders for training, validation and test are taken at their word, however spelled', async ({
  app,
  folder,
}) => {
  const all = filmsOf('chest', 9);
  const others = filmsOf('abdomen', 9);
  const third = (films: typeof all, from: number) =>
    Object.fromEntries(Object.entries(films).slice(from, from + 3));
  const part = (name: string, from: number) =>
    inFolder(name, {
      ...inFolder('Chest', third(all, from)),
      ...inFolder('abdomen', third(others, from)),
    });
  await app.drop(folder('pack', { ...part('TRAIN', 0), ...part('Val', 3), ...part('tEsTing', 6) }));
  await app.expectFilms(18);
  await expect(app.look.section).toContainText(say('look.split_folder'));
  await app.look.expectCounts('all', [6, 6, 6, 18]);
  await app.look.expectCounts(1, [3, 3, 3, 9]);
  await app.go('train');
  await expect(app.train.setting('split')).toHaveValue('2');
});

test('of a folder that could be a part or a class, the visitor is asked', async ({
  app,
  folder,
  axeInBothThemes,
}) => {
  const films = { ...inFolder('train', twoClasses(6)), ...inFolder('eval', later(twoClasses(9))) };
  await app.drop(folder('pack', films));
  await expect(app.look.roles).toContainText(say('look.roles_heading'));
  await axeInBothThemes();
  await app.expectFilms(192);
  const role = app.look.roles.getByLabel(say('look.role', { folder: 'eval' }));
  await role.selectOption(say('look.role_testing'));
  await app.look.roles.getByRole('button', { name: say('look.roles_load') }).click();
  await app.expectFilms(18);
  // A fifth of each class's six training films validates.
  await app.look.expectCounts('all', [10, 2, 6, 18]);
});

test('of a film that lies in two classes, the visitor says which is right', async ({
  app,
  folder,
  axeInBothThemes,
}) => {
  const both = { ...twoClasses(4), 'abdomen/other name.jpg': filmsOf('chest', 1)['a01.jpg']! };
  await app.drop(folder('my films', both));
  await app.look.expectLedTo(app.look.contradictions, say('look.contradictions_heading'));
  await axeInBothThemes();
  await app.expectFilms(192);
  const label = say('look.contradiction', { n: 1, classes: 'abdomen and chest' });
  const right = app.look.contradictions.getByLabel(label);
  await right.selectOption(say('look.contradiction_keep', { class: 'chest' }));
  await app.look.contradictions.getByRole('button', { name: say('look.roles_load') }).click();
  await app.look.expectLoaded(8);
  await app.look.expectCounts(0, [2, 1, 1, 4]);
  expect(await app.look.leftOut()).toEqual([
    say('look.problem', {
      path: 'abdomen/other name.jpg',
      reason: say('file_error.contradicts', { path: 'chest/a01.jpg' }),
    }),
  ]);
});

test('films without a class beside the parts are kept to be tried', async ({ app, folder }) => {
  const pack = {
    ...inFolder('TRAIN', twoClasses(4)),
    ...inFolder('VAL', later(twoClasses(9))),
    ...inFolder('TEST', { 'one.jpg': film('chest/a20.jpg'), 'two.jpg': film('abdomen/a20.jpg') }),
  };
  await app.drop(folder('pack', pack));
  await app.look.expectLedTo(app.look.roles, say('look.roles_heading'));
  const role = app.look.roles.getByLabel(say('look.role', { folder: 'TEST' }));
  await expect(role.locator('option:checked')).toHaveText(say('look.role_try'));
  await app.look.roles.getByRole('button', { name: say('look.roles_load') }).click();
  await expect(app.look.loaded).toBeVisible();
  await expect(app.look.keptApart).toHaveText(
    say('look.kept_apart', { n: 2, films: say('number.films', { n: 2 }) }),
  );
  await app.trainBriefly();
  await app.go('try');
  await expect(app.ask.section).toContainText(say('ask.own'));
  await expect(app.ask.odd).toHaveText(['one.jpg', 'two.jpg']);
  await app.ask.odd.first().click();
  await app.ask.expectAnswered(1);
  await expect(app.ask.latest).toContainText('one.jpg');
});

/** Films that are in no smaller set of the same classes. */
const later = (films: ReturnType<typeof twoClasses>) => {
  const earlier = twoClasses(6);
  return Object.fromEntries(Object.entries(films).filter(([path]) => !(path in earlier)));
};

/** Text files among the films of a class. */
const extra = (n: number) =>
  inFolder(
    'chest',
    Object.fromEntries(Array.from({ length: n }, (_, at) => [`note ${at}.txt`, Buffer.from(`${at}`)])),
  );
