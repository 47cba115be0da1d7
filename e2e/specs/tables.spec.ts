import { filmsOf, type Files, inFolder, twoClasses, zipped } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { SavePack } from '../pages/save-pack.ts';
import { Sorting } from '../pages/sorting.ts';
import { say } from '../pages/words.ts';

const text = (lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));

/** Images of chest and abdomen, three of each patient, called by patient and number. */
const named = (n: number): [string, Uint8Array][] => {
  const films = [...Object.values(filmsOf('chest', n)), ...Object.values(filmsOf('abdomen', n))];
  return films.map((bytes, at) => [`p${String(Math.floor(at / 3)).padStart(2, '0')}_${at % 3}.jpg`, bytes]);
};

test.beforeEach(async ({ app }) => app.open('?device=cpu&side=64'));

test('a public set as it is downloaded: one finding of several is confirmed, patients come along', async ({
  app,
  page,
  folder,
  axeInBothThemes,
}) => {
  const films = named(12);
  const labels = (at: number) => (at < 12 ? (at % 2 ? 'Cardiomegaly|Effusion' : 'Cardiomegaly') : 'No Finding');
  const rows = films.map(([name], at) => `${name},${labels(at)},0,${Math.floor(at / 3) + 1},58,M,PA,512,512,0.1,0.1,`);
  const header =
    'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],';
  const table = text([header, ...rows, '99999999_000.png,Mass,0,900,58,M,PA,512,512,0.1,0.1,']);
  await app.drop(folder('chestxray', { ...inFolder('images', Object.fromEntries(films)), 'Data_Entry_2017.csv': table }));
  const asked = page.getByTestId('table');
  await app.look.expectLedTo(asked, say('question.table_heading'));
  await expect(asked.getByTestId('table-facts')).toContainText('NIH ChestX-ray14');
  await axeInBothThemes();
  const wanted = say('question.finding', { finding: 'Cardiomegaly', column: 'Finding Labels' });
  await asked.getByTestId('table-classes').selectOption({ label: wanted });
  await expect(asked.getByTestId('table-comes-to')).toContainText(
    say('question.class_images', { class: 'Cardiomegaly', images: say('number.films', { n: 12 }) }),
  );
  await asked.getByTestId('question-accept').click();
  await app.expectFilms(24);
  await expect(app.look.section).toContainText(say('look.split_patient'));
  await expect(page.getByTestId('patients-known')).toContainText(say('number.patients', { n: 8 }));
  await app.trainBriefly();
});

test('a table of the department, with semicolons; left out, the images can be sorted by hand', async ({
  app,
  page,
  folder,
}) => {
  const films = named(6);
  const rows = films.map(([name], at) => `${name};${at < 6 ? 'Thorax' : 'Abdomen'};${name.slice(0, 3)}`);
  const files: Files = { ...Object.fromEntries(films), 'labels.csv': text(['file;class;patient', ...rows]) };
  await app.drop(folder('ours', files));
  const asked = page.getByTestId('table');
  await asked.getByTestId('question-decline').click();
  await expect(new Sorting(page).offer).toBeVisible();
  await expect(app.look.loadError).toContainText(say('table_error.ignored'));

  await app.drop(folder('ours again', files));
  await asked.getByTestId('question-accept').click();
  await app.expectFilms(12);
  await expect(page.getByTestId('patients-known')).toContainText(say('number.patients', { n: 4 }));
});

test('where the program that reads tables does not come, that is said, the images from before stay, and a second try has it', async ({
  app,
  page,
  folder,
  troubles,
}) => {
  await app.expectFilms(192);
  const program = '**/dataset-tools_bg.wasm';
  await page.context().route(program, (route) => route.abort());
  const films = named(6);
  const rows = films.map(([name], at) => `${name},${at < 6 ? 'chest' : 'abdomen'}`);
  const ours = folder('ours', { ...Object.fromEntries(films), 'labels.csv': text(['file,class', ...rows]) });
  await app.drop(ours);
  await expect(app.look.loadError).toContainText(say('load_error.tools', { detail: '' }).trim());
  await expect(app.look.loadError).toContainText(say('look.still_there'));
  await app.expectFilms(192);
  troubles.length = 0; // the request that was to fail
  await page.context().unroute(program);
  await app.drop(ours);
  await page.getByTestId('table').getByTestId('question-accept').click();
  await app.expectFilms(12);
});

test('the same patient in two sets is found by the names, and mended with one press', async ({ app, page, folder }) => {
  const films = named(12);
  // Each patient is in all sets, as happens where somebody deals images out by number.
  const set = ['train', 'val', 'test'];
  const files = films.map(([name, bytes], at): [string, Uint8Array] => [
    `${set[at % 3]}/${at < 12 ? 'chest' : 'abdomen'}/${name}`,
    bytes,
  ]);
  await app.drop(folder('sets', Object.fromEntries(files)));
  await app.expectFilms(24);
  await expect(page.getByTestId('leak')).toHaveCount(0);
  await expect(page.getByTestId('patients-known')).toContainText(say('patients.unknown'));
  await page.getByTestId('patients-by-name').click();
  await expect(page.getByTestId('patient-rules')).toContainText(say('number.patients', { n: 8 }));
  await page.getByTestId('patients-use').click();
  await expect(page.getByTestId('leak')).toContainText(say('number.patients', { n: 8 }));
  await page.getByTestId('leak-by-patient').click();
  await expect(page.getByTestId('leak')).toHaveCount(0);
  await expect(app.look.section).toContainText(say('look.split_patient'));
});

test('that each image is of a different patient can be said where no name tells it, and taken back', async ({
  app,
  page,
  folder,
}) => {
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  const known = page.getByTestId('patients-known');
  await page.getByTestId('patients-by-name').click();
  await page.getByTestId('patients-each').click();
  await expect(known).toContainText(say('number.patients', { n: 12 }));
  await expect(app.look.section).toContainText(say('look.split_patient'));
  await page.getByTestId('patients-take-back').click();
  await expect(known).toContainText(say('patients.unknown'));
  await expect(page.getByTestId('patients-take-back')).toHaveCount(0);
});

test('patients are given by hand, and changed', async ({ app, page, folder, axe }) => {
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  const known = page.getByTestId('patients-known');
  const list = page.getByTestId('patients-by-hand');
  await list.locator('summary').click();
  const fields = list.locator('input');
  await expect(fields).toHaveCount(12);
  for (const at of [0, 3, 6, 9]) await fields.nth(at).fill(String(at));
  await page.getByTestId('patients-fill').click();
  await expect(fields.nth(5)).toHaveValue('3');
  await fields.nth(11).fill('');
  await expect(page.getByTestId('patients-given')).toContainText(say('number.patients', { n: 4 }));
  await axe();
  await page.screenshot({ path: 'screens/patients-by-hand.png' });
  await page.getByTestId('patients-by-hand-use').click();
  const partly = { known: 11, images: say('number.films', { n: 12 }), patients: say('number.patients', { n: 4 }) };
  await expect(known).toHaveText(say('patients.partly', partly));
  // What was typed is still there.
  await list.locator('summary').click();
  await expect(fields.nth(5)).toHaveValue('3');
  await fields.nth(11).fill('5');
  await page.getByTestId('patients-by-hand-use').click();
  await expect(known).toHaveText(say('patients.known', { patients: say('number.patients', { n: 5 }) }));
  await page.getByTestId('patients-take-back').click();
  await expect(known).toContainText(say('patients.unknown'));
});

test('from a pile to a pack: sorted, patients by name, a leak mended, trained, saved, dropped back', { tag: '@firefox' }, async ({
  app,
  page,
  file,
}, testInfo) => {
  const sorting = new Sorting(page);
  const pack = new SavePack(page);
  await app.drop(file('pile.zip', zipped(inFolder('pile', Object.fromEntries(named(30))))));
  await sorting.offer.click();
  for (const name of ['Chest', 'Upper abdomen', 'Pelvis']) await sorting.add(name);
  await sorting.selectRange(0, 29);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.selectRange(30, 44);
  await sorting.place(1).getByTestId('sort-move-1').click();
  await sorting.undo.click();
  await sorting.redo.click();
  await sorting.desk.getByTestId('sort-all').click();
  await sorting.place(2).getByTestId('sort-move-2').click();
  await sorting.done.click();
  await app.expectFilms(60);

  // Whoever goes on without saying whose they are is told what that means, and led back to where it is asked.
  await app.go('train');
  await page.getByTestId('patients-say').click();
  await expect(page.getByTestId('loaded')).toContainText(say('patients.unknown'));
  await page.getByTestId('patients-by-name').click();
  await page.getByTestId('patients-use').click();
  await expect(page.getByTestId('loaded')).toContainText(say('number.patients', { n: 20 }));
  await expect(app.look.section).toContainText(say('look.split_patient'));
  // Whoever splits by image all the same is told what that does.
  await app.go('train');
  await app.train.setting('split').selectOption('0');
  await app.go('look');
  await expect(page.getByTestId('leak')).toBeVisible();
  await page.getByTestId('leak-by-patient').click();
  await expect(page.getByTestId('leak')).toHaveCount(0);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();

  await app.go('look');
  await pack.begin.click();
  const saved = await pack.saved((name) => testInfo.outputPath(name));
  await app.drop(saved);
  await app.look.giveUp();
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
  await app.expectFilms(60);
  await expect(page.getByTestId('patients-known')).toContainText(say('number.patients', { n: 20 }));
  // The sets are those of whoever saved it.
  await expect(app.look.section).toContainText(say('look.split_folder'));
});
