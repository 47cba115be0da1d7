import { filmsOf, type Files, inFolder, twoClasses, zipped } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Sorting } from '../pages/sorting.ts';
import { begin, say } from '../pages/words.ts';

/** Images of a pile, as a camera numbers them: those of the chest first. */
const pile = (n: number): Files => {
  const films = [...Object.values(filmsOf('chest', n)), ...Object.values(filmsOf('abdomen', 2 * n))];
  return Object.fromEntries(films.map((bytes, at) => [`IMG_${String(at).padStart(3, '0')}.jpg`, bytes]));
};

test('a pile of 60 images is sorted by hand into three classes, and trained on', async ({
  app,
  page,
  file,
  axeInBothThemes,
}) => {
  const sorting = new Sorting(page);
  await app.open('?device=cpu&side=64');
  await app.trainBriefly();
  await app.go('look');
  await app.drop(file('pile.zip', zipped(inFolder('pile', pile(20)))));
  await app.look.giveUp();
  await expect(sorting.offer).toBeVisible();
  await sorting.offer.click();
  await expect(sorting.desk).toBeVisible();
  await sorting.expectCounts({ none: 60 });
  // Nothing is lost by looking at a pile.
  await expect(app.nav('train')).not.toContainText(say('station.not_trained'));
  await expect(sorting.done).toHaveAttribute('aria-disabled', 'true');
  await expect(sorting.sentence).toHaveText(say('sorting.few_classes', { least: 2 }));

  for (const name of ['Chest', 'Abdomen', 'Pelvis']) await sorting.add(name);
  await sorting.add('CHEST');
  await expect(sorting.desk.getByRole('alert')).toHaveText(say('sorting.name_taken'));
  await sorting.desk.getByTestId('sort-new').fill('');

  await test.step('a range, by a button', async () => {
    await sorting.selectRange(0, 18);
    await sorting.place(0).getByTestId('sort-move-0').click();
    await sorting.expectCounts({ none: 41, 0: 19 });
  });

  await test.step('one image after the other, by keys', async () => {
    // What comes next is selected and has the focus.
    await expect(sorting.film(19)).toBeFocused();
    await expect(sorting.film(19)).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => sorting.preview.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(128);
    await page.keyboard.press('1');
    await page.keyboard.press('2');
    await page.keyboard.press('2');
    await sorting.expectCounts({ none: 38, 0: 20, 1: 2 });
    await expect(sorting.film(22)).toBeFocused();
    await expect(sorting.said).toContainText(begin('sorting.moved'));
  });

  await test.step('by dragging what is selected', async () => {
    await sorting.selectRange(22, 39);
    await sorting.film(30).dragTo(sorting.place(1));
    await sorting.expectCounts({ none: 20, 1: 20 });
    await sorting.film(40).dragTo(sorting.place(2));
    await sorting.expectCounts({ none: 19, 2: 1 });
  });

  await test.step('and taken back', async () => {
    await sorting.desk.getByTestId('sort-all').click();
    await sorting.place(0).getByTestId('sort-move-0').click();
    await sorting.expectCounts({ none: 0, 0: 39 });
    await sorting.undo.click();
    await sorting.expectCounts({ none: 19, 0: 20 });
    await sorting.redo.click();
    await sorting.expectCounts({ none: 0, 0: 39 });
    await sorting.undo.click();
    await expect(sorting.sentence).toContainText(say('sorting.few_images', {
      class: 'Pelvis',
      images: '1 image',
      least: 3,
    }));
    await axeInBothThemes();
    await sorting.desk.getByTestId('sort-all').click();
    await sorting.place(2).getByTestId('sort-move-2').click();
    await expect(sorting.sentence).toHaveText(say('sorting.ready'));
  });

  await sorting.done.click();
  // That the network would be lost was agreed to with these files.
  await app.expectFilms(60);
  await expect(app.look.replace).toBeHidden();
  await expect(sorting.desk).toBeHidden();
  for (const place of [0, 1, 2] as const) await app.look.expectCounts(place, [12, 4, 4, 20]);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  expect((await app.test.confusion()).flat().reduce((sum, n) => sum + n)).toBe(12);
});

test('classes of folders are changed: renamed, merged, deleted, and put aside meanwhile', async ({
  app,
  page,
  folder,
}) => {
  const sorting = new Sorting(page);
  const others = Object.fromEntries(Object.entries(filmsOf('abdomen', 8)).slice(4));
  await app.open('?device=cpu&side=64');
  await expect(sorting.anew).toBeHidden();
  await app.drop(folder('mine', { ...twoClasses(4), ...inFolder('pelvis', others) }));
  await app.expectFilms(12);
  await sorting.anew.click();
  await sorting.expectCounts({ none: 0, 0: 4, 1: 4, 2: 4 });

  const more = (place: number) => sorting.desk.getByTestId(`sort-more-${place}`);
  await more(0).locator('summary').click();
  await more(0).locator('input').fill('Belly');
  await more(0).getByText(say('sorting.rename')).click();
  await expect(sorting.place(0)).toContainText('Belly');
  await more(2).locator('summary').click();
  await more(2).locator('select').selectOption('Belly');
  await more(2).locator('button').getByText(say('sorting.merge'), { exact: true }).click();
  await sorting.expectCounts({ 0: 8, 1: 4 });

  // Put aside, it is found again.
  await page.keyboard.press('Escape');
  await page.getByTestId('sorting').getByText(say('close'), { exact: true }).click();
  await expect(sorting.desk).toBeHidden();
  await sorting.anew.click();
  await sorting.expectCounts({ 0: 8, 1: 4 });

  await sorting.show(1);
  await sorting.films.first().click();
  await page.keyboard.press('0');
  await sorting.expectCounts({ none: 1, 1: 3 });
  await expect(sorting.sentence).toHaveText(say('sorting.left_out', { images: '1 image', n: 1 }));
  await sorting.done.click();
  await app.expectFilms(11);
  await expect(app.look.skipped).toContainText(say('file_error.not_sorted'));
});

test('a table in the folder of a pile tells its patients, once the images are sorted', async ({ app, page, folder }) => {
  const sorting = new Sorting(page);
  const images = pile(4);
  const rows = Object.keys(images).map((name, at) => `${name},P${Math.floor(at / 2)}`);
  const table = Buffer.from(['file,patient', ...rows].join('\n'));
  await app.open('?device=cpu&side=64');
  await app.drop(folder('pile', { ...images, 'patients.csv': table }));
  await sorting.offer.click();
  await sorting.add('Chest');
  // Closed without a word, nothing of it is lost.
  await page.getByTestId('sorting').getByText(say('close'), { exact: true }).click();
  await expect(sorting.desk).toBeHidden();
  await expect(page.getByTestId('sorting-aside')).toContainText(say('number.films', { n: 12 }));
  await page.getByTestId('sort-go-on').click();
  await expect(sorting.place(0)).toContainText('Chest');
  await sorting.add('Abdomen');
  await sorting.selectRange(0, 3);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.desk.getByTestId('sort-all').click();
  await sorting.place(1).getByTestId('sort-move-1').click();
  await sorting.done.click();
  await page.getByTestId('table').getByTestId('question-accept').click();
  await app.expectFilms(12);
  await expect(page.getByTestId('patients-known')).toContainText(say('number.patients', { n: 6 }));
  await expect(page.getByTestId('counts')).toContainText('Chest');
});

test('sorting that has begun comes back after a reload, with the same images', async ({ app, page, folder }) => {
  const sorting = new Sorting(page);
  await app.open('?device=cpu&side=64');
  await app.trainBriefly();
  await app.go('look');
  const own = pile(10);
  const gather = async (name: string, files: Files) => {
    await app.drop(folder(name, files));
    await app.look.giveUp();
    await sorting.offer.click();
    await expect(sorting.desk).toBeVisible();
  };
  await gather('pile', own);
  await sorting.add('Chest');
  await sorting.selectRange(0, 6);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.expectCounts({ none: 23, 0: 7 });

  // The browser asks, as the images would have to be loaded again.
  const asked = page.waitForEvent('dialog');
  const reloaded = page.reload();
  await (await asked).accept();
  await reloaded;
  await expect(page.getByTestId('kept')).toContainText(
    say('kept.needs_sorting', { sorted: 7, images: say('number.films', { n: 30 }) }),
  );
  await expect(app.nav('train')).not.toContainText(say('station.not_trained'), { timeout: 60_000 });
  const renamed = Object.fromEntries(Object.values(own).map((bytes, at) => [`${100 + at}.jpg`, bytes]));
  await gather('elsewhere', renamed);
  await expect(page.getByTestId('sorting')).toContainText(say('sorting.came_back'));
  await sorting.expectCounts({ none: 23, 0: 7 });
  await sorting.undo.click();
  await sorting.expectCounts({ none: 30 });
  // What comes back is selected, for another class.
  await expect(sorting.film(0)).toHaveAttribute('aria-pressed', 'true');
  await expect(sorting.film(6)).toHaveAttribute('aria-pressed', 'true');
});

test('sorting outlasts its tab, and can be discarded', async ({ app, page, folder }) => {
  const sorting = new Sorting(page);
  await app.open('?device=cpu&side=64');
  await app.drop(folder('pile', pile(4)));
  await sorting.offer.click();
  await sorting.add('Chest');
  await sorting.selectRange(0, 1);
  await sorting.place(0).getByTestId('sort-move-0').click();
  await sorting.expectCounts({ none: 10, 0: 2 });
  const again = async () => {
    page.once('dialog', (dialog) => dialog.accept());
    // As a closed tab leaves it.
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await expect(app.nav('train')).toBeEnabled();
  };
  await again();
  await expect(page.getByTestId('kept')).toContainText(
    say('kept.needs_sorting', { sorted: 2, images: say('number.films', { n: 12 }) }),
  );
  await page.getByTestId('sorting-forget').click();
  await expect(page.getByTestId('kept')).toBeEmpty();
  await again();
  await expect(page.getByTestId('counts')).toBeVisible();
  await expect(page.getByTestId('kept')).toBeEmpty();
});
