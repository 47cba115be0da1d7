import { twoClasses } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Tasks } from '../pages/tasks.ts';
import { say } from '../pages/words.ts';

/** Places in the choice of networks. */
const [GRID, AVERAGE] = ['0', '1'];

test('the paediatric films are fetched when they are chosen, and not before', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const tasks = new Tasks(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const paediatric = () => fetched.filter((path) => path.endsWith('films/paediatric.zip'));
  await app.open('?side=64');
  await tasks.expectChosen('built-in', 'region');
  expect(paediatric()).toEqual([]);

  await tasks.pack('paediatric').click();
  await app.expectFilms(16);
  expect(paediatric()).toHaveLength(1);
  await tasks.expectChosen('paediatric', 'region');
  await expect(tasks.note).toHaveText(say('pack.paediatric_note'));
  await app.look.expectCounts(0, [4, 2, 2, 8]);
  await expect(app.look.section).toContainText(say('number.patients', { n: 15 }));
  await axeInBothThemes();

  await app.trainBriefly();
  await app.go('look');
  await app.look.builtIn.click();
  await app.look.giveUp();
  await app.expectFilms(192);
  await tasks.pack('paediatric').click();
  await app.expectFilms(16);
  expect(paediatric(), 'what is there is not fetched again').toHaveLength(1);
});

test('half of the chest films are mirrored, and the grid can tell', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const tasks = new Tasks(page);
  await app.open();
  await tasks.task('mirrored').click();
  await app.expectFilms(96);
  await tasks.expectChosen('built-in', 'mirrored');
  await tasks.expectMirroredClasses();
  await expect(tasks.note).toContainText(say('task.mirrored_note'));
  await expect(tasks.note).toContainText(say('task.three_people'));
  await app.look.expectCounts(0, [28, 10, 10, 48]);
  await app.look.expectCounts(1, [28, 10, 10, 48]);
  await axeInBothThemes();

  await app.go('train');
  // The pooling that knows where.
  await expect(app.train.setting('network')).toHaveValue(GRID);
  await expect(app.train.section).toContainText(say('task.grid_knows'));
  await app.train.setting('fine-tuning').uncheck();
  await app.train.start();
  await app.train.expectTrained();
  expect(await app.train.validationAccuracy()).toBeGreaterThanOrEqual(0.8);

  await app.train.setting('network').selectOption(AVERAGE);
  await expect(app.train.section).toContainText(say('task.average_forgets'));
  await app.train.setting('augmentation').check();
  await expect(app.train.section).toContainText(say('task.flip_destroys'));

  await app.go('look');
  await tasks.task('region').click();
  await app.look.giveUp();
  await app.expectFilms(192);
  await app.go('train');
  await expect(app.train.setting('network')).toHaveValue(GRID);
});

test('a link brings pack and task', async ({ app, page }) => {
  const tasks = new Tasks(page);
  await page.goto('?side=64&task=mirrored');
  await app.expectFilms(96);
  await tasks.expectChosen('built-in', 'mirrored');
  await app.go('train');
  await expect(app.train.setting('network')).toHaveValue(GRID);
  await page.goto('?side=64&pack=paediatric');
  await app.expectFilms(16);
  await tasks.expectChosen('paediatric', 'region');
});

test('films of one’s own can be mirrored, all or those of a class, and get their classes back', async ({
  app,
  page,
  folder,
  axeInBothThemes,
}) => {
  const tasks = new Tasks(page);
  await app.open('?side=64');
  await app.drop(folder('my films', twoClasses(8)));
  await app.expectFilms(16);
  await expect(tasks.pack('built-in')).toHaveAttribute('aria-pressed', 'false');
  await axeInBothThemes();
  await tasks.mirrorHalf.click();
  await tasks.expectMirroredClasses();
  await app.look.expectCounts('all', [8, 4, 4, 16]);
  await expect(tasks.note).toContainText(say('task.traces'));
  await axeInBothThemes();

  await expect(tasks.mirrorHalf).toBeFocused();
  await expect(tasks.mirrorHalf).toHaveText(say('task.own_classes'));
  await tasks.mirrorHalf.click();
  await expect(app.look.section).toContainText(/abdomen/i);
  await tasks.mirrorClass.selectOption({ index: 2 });
  await tasks.mirrorHalf.click();
  await app.expectFilms(8);
  await app.look.expectCounts(0, [2, 1, 1, 4]);
  await app.trainBriefly();
});
