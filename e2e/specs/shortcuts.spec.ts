import { type Files, sizedJpeg } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { begin, say } from '../pages/words.ts';
import { Shortcuts } from '../pages/shortcuts.ts';

/** Images that show nothing, `sizes` saying how large each is: what is left to tell the classes apart is how they are saved. */
const images = async (folder: string, sizes: [number, number][]): Promise<Files> => {
  const files = sizes.map(async ([width, height], at) => {
    const path = `${folder}/${at}.jpg`;
    return [path, await sizedJpeg(path, width, height)] as const;
  });
  return Object.fromEntries(await Promise.all(files));
};

const SAME = (n: number) => Array.from({ length: n }, (): [number, number] => [512, 512]);
/** As films from many devices. */
const MANY = (n: number) => Array.from({ length: n }, (_, at): [number, number] => [330 + 17 * at, 720 - 13 * at]);

test('a class that is nearly all of one size is told apart by it, which is said unasked', async ({
  app,
  page,
  folder,
  axeInBothThemes,
}) => {
  const shortcuts = new Shortcuts(page);
  await app.open('?device=cpu&side=64');
  const chest = await images('chest', [...SAME(22), [480, 500], [700, 420]]);
  const files = { ...chest, ...(await images('abdomen', MANY(24))) };
  await app.drop(folder('mine', files));
  await app.expectFilms(48);
  await expect(shortcuts.rows.first()).toContainText(say('shortcut.fact.size'));
  const size = say('shortcut.pixels', { width: 512, height: 512 });
  await expect(shortcuts.rows.first()).toContainText(`${size}: Chest; ${say('shortcut.others')}: Abdomen`);
  await expect(shortcuts.rows.first()).toContainText(begin('test.interval'));
  await expect(shortcuts.panel).toContainText(say('shortcut.what_to_do'));
  await axeInBothThemes();
});

test('where nothing separates the classes that is said, and what it does not mean', async ({ app, page, folder }) => {
  const shortcuts = new Shortcuts(page);
  await app.open('?device=cpu&side=64');
  const files = { ...(await images('a', SAME(24))), ...(await images('b', SAME(24))) };
  await app.drop(folder('mine', files));
  await app.expectFilms(48);
  await expect(shortcuts.said).toContainText(say('shortcut.nothing'));
  await expect(shortcuts.said).toContainText(say('shortcut.limits', { n: 27 }));
  await expect(shortcuts.rows).toHaveCount(0);
  await expect(shortcuts.inVain).toBeVisible();
});

test('of the built-in images it is told when asked, and that five patients are too few', async ({ app, page }) => {
  const shortcuts = new Shortcuts(page);
  await app.open('?device=cpu&side=64');
  await expect(shortcuts.said).toBeEmpty();
  await shortcuts.find.click();
  const patients = say('number.patients', { n: 5 });
  await expect(shortcuts.said).toContainText(say('shortcut.few_patients', { patients }));
  await expect(shortcuts.rows.first()).toContainText(say('shortcut.fact.border'));
  await expect(shortcuts.rows.first()).toContainText(say('shortcut.picture'));
  // Others take its place, and so does what is known of them.
  await app.look.section.getByTestId('pack-paediatric').click();
  await app.expectFilms(16);
  await expect(shortcuts.rows).toHaveCount(0);
  await expect(shortcuts.find).toBeVisible();
});

test('where the program that searches does not come, that is said, and a second try has it', async ({
  app,
  page,
  folder,
  troubles,
}) => {
  const shortcuts = new Shortcuts(page);
  await app.open('?device=cpu&side=64');
  const program = '**/dataset-tools_bg.wasm';
  await page.context().route(program, (route) => route.abort());
  const files = { ...(await images('a', SAME(24))), ...(await images('b', SAME(24))) };
  await app.drop(folder('mine', files));
  await app.expectFilms(48);
  await expect(shortcuts.said).toContainText(say('shortcut.no_program', { detail: '' }).trim());
  troubles.length = 0; // the request that was to fail
  await page.context().unroute(program);
  await expect(shortcuts.find).toHaveText(say('shortcut.again'));
  await shortcuts.find.click();
  await expect(shortcuts.said).toContainText(say('shortcut.nothing'));
});
