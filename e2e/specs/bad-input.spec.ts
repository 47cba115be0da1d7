import { radiograph } from '../dicom.ts';
import * as films from '../films.ts';
import { inFolder, type Files } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

test.beforeEach(async ({ app }) => app.open());

test('files that are no films are listed with the reason, and the rest goes on', async ({
  app,
  folder,
  axeInBothThemes,
}) => {
  const whole = films.film('chest/a20.jpg');
  const bad = {
    'broken.jpg': films.truncated(whole),
    'cut.png': films.truncated(await films.png16('cut')),
    'empty.png': films.text(''),
    'huge.png': await films.blackPng(20_000, 32),
    'notes.txt': films.text('These films are good.'),
    'scan.dcm': films.truncated(radiograph({ grey: () => 0 })),
    'tiny.png': await films.blackPng(1, 1),
    'twin.jpg': films.film('chest/a01.jpg'),
  };
  const pack = { ...films.twoClasses(4), ...inFolder('chest', bad), 'loose.jpg': whole };
  await app.drop(folder('my films', pack));
  await app.expectFilms(8);
  const reasons: Record<string, string> = {
    'chest/broken.jpg': say('file_error.damaged', { format: 'JPEG' }),
    'chest/cut.png': say('file_error.damaged', { format: 'PNG' }),
    'chest/empty.png': say('file_error.empty'),
    'chest/huge.png': say('file_error.too_large', { width: 20_000, height: 32 }),
    'chest/notes.txt': say('file_error.not_an_image'),
    'chest/scan.dcm': say('dicom_error.truncated'),
    'chest/tiny.png': say('file_error.too_small', { width: 1, height: 1 }),
    'chest/twin.jpg': say('file_error.duplicate', { path: 'chest/a01.jpg' }),
    'loose.jpg': say('file_error.no_class'),
  };
  const listed = Object.entries(reasons).map(([path, reason]) => say('look.problem', { path, reason }));
  await expect(app.look.skipped).toContainText(say('look.skipped', { n: listed.length }));
  expect((await app.look.leftOut()).toSorted()).toEqual(listed.toSorted());
  await app.look.skipped.getByText(say('look.skipped', { n: listed.length })).click();
  await axeInBothThemes();
});

test('films of any depth and colour load, also those of one name', async ({ app, folder }) => {
  // Each shows something else, as the same picture twice is used once.
  const unusual = async (name: string): Promise<Files> => ({
    '16 bits.png': await films.png16(`${name} deep`),
    'four inks.jpg': await films.cmykJpeg(`${name} inks`),
    'palette.png': await films.palettePng(`${name} palette`),
  });
  const pack = {
    ...inFolder('left', await unusual('left')),
    ...inFolder('right', await unusual('right')),
  };
  await app.drop(folder('my films', pack));
  await app.expectFilms(6);
  await expect(app.look.skipped).toHaveCount(0);
});

const chest = (n: number) => inFolder('chest', films.filmsOf('chest', n));

/** What is dropped, and the sentence that it gets. */
const refused: { what: string; files: () => Files | Promise<Files>; sentence: string }[] = [
  {
    what: 'an empty folder',
    files: () => ({}),
    sentence: say('load_error.empty'),
  },
  {
    what: 'a folder without any film',
    files: () => ({ 'chest/a.txt': films.text('a'), 'abdomen/b.txt': films.text('b') }),
    sentence: say('load_error.no_films'),
  },
  {
    what: 'films of one class only',
    files: () => inFolder('all of them', chest(5)),
    sentence: say('load_error.one_class', { n: 5, class: 'chest' }),
  },
  {
    what: 'one film a class',
    files: () => films.twoClasses(1),
    sentence: say('load_error.too_few_films', { n: 1, class: 'abdomen' }),
  },
  {
    what: 'films that are in no class folder',
    files: () => films.filmsOf('chest', 4),
    sentence: say('load_error.one_class', { n: 4, class: 'my films' }),
  },
  {
    what: 'more films than fit',
    files: () => ({ ...crowd('chest', 2500), ...crowd('abdomen', 2501) }),
    sentence: say('load_error.too_many_films', { n: 5001, limit: 5000 }),
  },
  {
    what: 'a pack.json that makes no sense',
    files: () => ({ ...films.twoClasses(3), 'pack.json': films.text('{ "format": 1, ') }),
    sentence: say('load_error.bad_pack_file', { detail: '' }).trim(),
  },
];

for (const { what, files, sentence } of refused) {
  test(`${what}: a sentence, and the films from before stay`, async ({ app, axe, folder }) => {
    await app.drop(folder('my films', await files()));
    await expect(app.look.loadError).toContainText(sentence);
    await expect(app.look.loadError).toContainText(say('look.still_there'));
    await app.expectFilms(192);
    await axe();
  });
}

/** Zips that are refused as a whole. */
const refusedZips = [
  {
    what: 'a zip that unpacks to far more than it is',
    bytes: films.zipBomb,
    sentence: say('load_error.zip_too_large', { limit: 256 }),
  },
  {
    what: 'a zip that is cut off',
    bytes: () => films.truncated(films.zipped(films.twoClasses(3))),
    sentence: say('load_error.zip_damaged'),
  },
];

for (const { what, bytes, sentence } of refusedZips) {
  test(`${what}: a sentence, and the films from before stay`, async ({ app, file }) => {
    await app.drop(file('films.zip', bytes()));
    await expect(app.look.loadError).toContainText(sentence);
    await expect(app.look.loadError).toContainText(say('look.still_there'));
    await app.expectFilms(192);
  });
}

test('what was trained stays when other files turn out to be no films', async ({ app, file }) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('look');
  await app.look.chooseFiles(file('notes.txt', films.text('Not a film.')));
  await app.look.giveUp();
  await expect(app.look.loadError).toContainText(say('load_error.no_films'));
  await app.go('test');
  await app.test.open();
});

/** Tiny files that would be films by where they lie. */
const crowd = (className: string, n: number): Files =>
  inFolder(
    className,
    Object.fromEntries(Array.from({ length: n }, (_, at) => [`${at}.png`, films.text(`${at}`)])),
  );
