import { copyFileSync, readFileSync } from 'node:fs';
import { twoClasses } from '../films.ts';
import type { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Tab } from '../pages/tab.ts';
import { RUN } from '../pages/train.ts';
import { begin, say } from '../pages/words.ts';

const LINK = '?device=cpu&side=64&seed=4&arm=both';

const notice = (app: App) => app.page.getByTestId('kept');

/** The file of the visit. @param to where it goes, by its name */
const saveProject = async (app: App, to: (name: string) => string) => {
  await app.go('try');
  const waiting = app.page.waitForEvent('download');
  await app.ask.section.getByTestId('save-project').click();
  const download = await waiting;
  const path = to(download.suggestedFilename());
  await download.saveAs(path);
  await expect(app.ask.section.getByTestId('project-saved')).toContainText(begin('project.saved'));
  return path;
};

test('a visit is saved as one file, and opened in another browser it goes on', async ({ app, page, axeInBothThemes }, testInfo) => {
  await app.open(LINK);
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();
  const path = await saveProject(app, (name) => testInfo.outputPath(name));
  expect(path).toMatch(/firstread-project\.firstread$/);
  await axeInBothThemes();

  await new Tab(page).openAnew();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(say('station.not_trained'));
  await app.drop(path);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);
  await app.go('test');
  expect(await app.test.confusion()).toEqual(confusion);
  await app.go('try');
  await app.ask.oddFilm('knees').click();
  await expect(app.ask.latest).toHaveAttribute('data-state', 'answered', RUN);
});

test('of images of one’s own a project has none: it asks for them, and other files are no projects', async ({
  app,
  page,
  folder,
  file,
}, testInfo) => {
  await app.open(LINK);
  const own = folder('my films', twoClasses(6));
  await app.drop(own);
  await app.expectFilms(12);
  await app.trainBriefly();
  const curve = await app.train.epochTable();
  const path = await saveProject(app, (name) => testInfo.outputPath(name));
  const bytes = readFileSync(path);
  expect(bytes.includes('.jpg')).toBe(false);

  await new Tab(page).openAnew();
  await app.expectFilms(192);
  await app.drop(file('half.firstread', bytes.subarray(0, bytes.length / 2)));
  await expect(notice(app)).toContainText(say('project.damaged'));
  await app.drop(file('other.firstread', Buffer.from('something else')));
  await expect(notice(app)).toContainText(say('project.foreign'));
  await notice(app).getByTestId('project-seen').click();
  const moved = testInfo.outputPath('Renamed.FIRSTREAD');
  copyFileSync(path, moved);
  await app.drop(moved);
  await expect(notice(app)).toContainText('my films');
  // It lies in the browser then, whatever becomes of the file.
  await page.waitForTimeout(1_000);
  await page.reload();
  await app.expectFilms(192);
  await expect(notice(app)).toContainText('my films');
  await app.drop(own);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  await app.go('train');
  expect(await app.train.epochTable()).toEqual(curve);
});

test('a network that would be lost with it is asked about before', async ({ app, page, folder }, testInfo) => {
  await app.open(LINK);
  await app.trainBriefly();
  const path = await saveProject(app, (name) => testInfo.outputPath(name));
  await new Tab(page).openAnew();
  await app.expectFilms(192);
  await app.drop(folder('my films', twoClasses(6)));
  await app.expectFilms(12);
  await app.trainBriefly();
  await app.go('look');
  await app.drop(path);
  await page.getByTestId('replace-keep').click();
  await app.expectFilms(12);
  await app.drop(path);
  await page.getByTestId('replace-go-on').click();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
});
