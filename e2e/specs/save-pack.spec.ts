import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { twoClasses as dicomClasses } from '../dicom.ts';
import { filmsOf, inFolder, twoClasses, zipped } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { SavePack } from '../pages/save-pack.ts';
import { Sorting } from '../pages/sorting.ts';
import { begin, say } from '../pages/words.ts';

test('images that were sorted by hand are saved, and dropped back they are the same', { tag: '@firefox' }, async ({
  app,
  page,
  file,
  axeInBothThemes,
}, testInfo) => {
  const sorting = new Sorting(page);
  const pack = new SavePack(page);
  await app.open('?device=cpu&side=64');
  await expect(pack.section).toHaveCount(0);
  const pile = [...Object.values(filmsOf('chest', 6)), ...Object.values(filmsOf('abdomen', 9))];
  const files = Object.fromEntries(pile.map((bytes, at) => [`IMG_${String(at).padStart(2, '0')}.jpg`, bytes]));
  await app.look.chooseFiles(file('my pile.zip', zipped(inFolder('my pile', files))));
  await sorting.offer.click();
  await sorting.add('Chest');
  await sorting.add('Abdomen');
  await sorting.selectRange(0, 5);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.desk.getByTestId('sort-all').click();
  await sorting.place(1).getByTestId('sort-move-1').click();
  await sorting.done.click();
  await app.expectFilms(15);
  const counts = async () => {
    const cells = page.getByTestId('counts').locator('tbody tr');
    await expect(cells).toHaveCount(3);
    return cells.allTextContents();
  };
  const before = await counts();

  await pack.begin.click();
  await expect(pack.ready).toContainText('my-pile.zip', { timeout: 60_000 });
  const saved = await pack.saved((name) => {
    expect(name).toBe('my-pile.zip');
    return testInfo.outputPath(name);
  });
  await expect(pack.ready).toContainText(say('number.films', { n: 15 }));
  await expect(pack.dicom).toHaveCount(0);
  await axeInBothThemes();
  const inside = unzipSync(readFileSync(saved));
  expect(Object.keys(inside).filter((path) => path.startsWith('Chest/'))).toHaveLength(6);

  await app.look.builtIn.click();
  await app.expectFilms(192);
  await expect(pack.section).toHaveCount(0);
  await app.drop(saved);
  await app.expectFilms(15);
  expect(await counts()).toEqual(before);
  // What was saved of others is gone, and a pack is saved like a folder.
  await expect(pack.ready).toHaveCount(0);
  await pack.begin.click();
  await expect(pack.ready).toBeVisible();
});

test('of DICOM files it is said before that they keep what they say of patients', async ({
  app,
  page,
  folder,
}, testInfo) => {
  const pack = new SavePack(page);
  await app.open('?device=cpu&side=64');
  await app.drop(folder('disc', dicomClasses(3)));
  await app.expectFilms(12);
  await pack.begin.click();
  await expect(pack.dicom).toHaveText(say('save_pack.dicom', { n: 12 }));
  await pack.end.click();
  await expect(pack.begin).toBeVisible();
  await pack.begin.click();
  await pack.goOn.click();
  const saved = await pack.saved((name) => testInfo.outputPath(name));
  await expect(pack.section).toContainText(say('save_pack.dicom', { n: 12 }));
  await app.look.builtIn.click();
  await app.expectFilms(192);
  await app.drop(saved);
  await app.expectFilms(12);
  await expect(app.look.section).toContainText(say('number.patients', { n: 3 }));
});

test('a file that was deleted since is named, and nothing that is loaded is lost', async ({ app, page, folder }) => {
  const pack = new SavePack(page);
  await app.open('?device=cpu&side=64');
  const mine = folder('mine', twoClasses(4));
  const gone = Object.keys(filmsOf('chest', 1))[0]!;
  await app.look.chooseFolder(mine);
  await app.expectFilms(8);
  rmSync(join(mine, 'chest', gone));
  await pack.begin.click();
  await expect(pack.failed).toContainText(gone);
  await expect(pack.failed).toContainText(begin('save_pack.kept'));
  await expect(page.getByTestId('counts')).toContainText('8');
  await app.trainBriefly();
});
