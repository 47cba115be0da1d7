import { readFileSync } from 'node:fs';
import { photographed } from '../codes.ts';
import { film, twoClasses } from '../films.ts';
import { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { NetworkFile } from '../pages/network-file.ts';
import { singleFile, writeSingleFile } from '../pages/single.ts';
import { Tasks } from '../pages/tasks.ts';
import { begin, say } from '../pages/words.ts';

const hosted = `http://127.0.0.1:${process.env.PORT ?? '8129'}/a/b/`;

// From a disk, with the network off; a request for anything but a file is one to another origin.
test.use({ baseURL: singleFile, offline: true });
test.beforeAll(writeSingleFile);

/** Two epochs and the second stage, with everything else as it is. */
const train = async (app: App, link: string) => {
  await app.open(link);
  await app.go('train');
  await app.train.set('epochs', 2);
  await app.train.start();
  await app.train.expectTrained();
  return { epochs: await app.train.epochTable(), right: await app.train.validationAccuracy() };
};

test('the single file trains to the figures of the hosted page, answers, saves and reads codes', async ({
  app,
  page,
  browser,
  file,
  axe,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const link = '?device=cpu&seed=7&side=96';
  const fromDisk = await train(app, link);
  await axe();
  const context = await browser.newContext({ baseURL: hosted, offline: false });
  const fromHost = await train(new App(await context.newPage()), link);
  await context.close();
  expect(fromDisk).toEqual(fromHost);
  expect(fromDisk.right).toBeGreaterThan(0.9);

  await test.step('the pool of workers computed', async () => {
    const workers = requests.filter((url) => url.startsWith('blob:'));
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    expect(workers.length).toBeGreaterThan(cores > 1 ? 2 : 0);
    await expect(app.bar.device).toHaveText(/^CPU, \d+ workers?$/);
  });

  await test.step('a dropped film is answered', async () => {
    await app.go('try');
    await app.drop(file('a film.jpg', film('chest/a01.jpg')));
    await app.ask.expectAnswered(1);
    await expect(app.ask.latest).toContainText('a film.jpg');
    await expect(app.ask.headSays.or(app.ask.sentence).first()).toBeVisible();
  });

  let code = '';
  await test.step('the report is saved', async () => {
    await app.go('test');
    await app.test.open();
    await app.takeAway.open();
    const saved = await app.takeAway.saved();
    expect(saved).toContain('firstread.html?');
    expect(saved, 'where the file lies is the visitor’s own').not.toContain('single%20file');
    code = await page.getByTestId('qr-result-code').evaluate((element) => element.innerHTML);
  });

  await test.step('a picture of a code is read, and the link says what it is worth', async () => {
    await page.goto('?room');
    await expect(app.room.section.getByTestId('link-on-disk')).toHaveText(say('dist.link_on_disk'));
    await expect(app.room.link).toHaveText(/^firstread\.html/);
    const picture = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(await photographed(code)) };
    await app.room.section.getByTestId('scan-file').setInputFiles(picture);
    await app.room.expectCount(1);
  });
  expect(requests.filter((url) => !/^(file|blob):/.test(url))).toEqual([]);
});

test('the second pack is in the single file, a folder can be dropped, a language stays chosen', async ({
  app,
  page,
  folder,
}) => {
  await app.open('?side=64');
  await app.drop(folder('films', twoClasses(6)));
  await app.expectFilms(12);
  await new Tasks(page).pack('paediatric').click();
  await app.expectFilms(16);
  await app.bar.choose('es');
  await page.reload();
  await app.expectFilms(192);
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
});

test('the single file is looked at, trained on and asked', { tag: '@firefox' }, async ({ app, file }) => {
  await app.open('?side=64');
  await app.expectFilms(192);
  await app.trainBriefly();
  await app.go('try');
  await app.drop(file('a film.jpg', film('chest/a01.jpg')));
  await app.ask.expectAnswered(1);
});

test('a network from the single file is taken along, and is there again after a reload', async ({ app, page }, testInfo) => {
  await app.open('?device=cpu&side=64');
  await app.trainBriefly();
  await app.go('try');
  const own = new NetworkFile(page, app.ask.section);
  const html = readFileSync(await own.saved('page', (name) => testInfo.outputPath(name)), 'utf8');
  expect(html).toContain(say('network_file.card.purpose'));
  await page.reload();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
});

test('an engine that is lost is started again from the single file', async ({ app, page }) => {
  await page.addInitScript(() => {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (...message: unknown[]) {
      Object.assign(globalThis, { engine: this });
      return Reflect.apply(postMessage, this, message);
    };
  });
  await app.open('?side=64');
  await page.evaluate(() => {
    const { engine } = globalThis as unknown as { engine: Worker };
    engine.dispatchEvent(new ErrorEvent('error', { message: 'lost on purpose' }));
  });
  await app.expectFilms(192);
  await app.trainBriefly();
});
