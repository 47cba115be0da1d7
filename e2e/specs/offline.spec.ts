import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { photographed } from '../codes.ts';
import { halves, radiograph, twoClasses } from '../dicom.ts';
import { film, twoClasses as twoClassesOf } from '../films.ts';
import { expect } from '../pages/fixtures.ts';
import { NetworkFile } from '../pages/network-file.ts';
import { SavePack } from '../pages/save-pack.ts';
import { Shortcuts } from '../pages/shortcuts.ts';
import { Tasks } from '../pages/tasks.ts';
import { RUN } from '../pages/train.ts';
import { test } from '../pages/visits.ts';
import { begin, say } from '../pages/words.ts';

/** Files smaller than this may be sent twice: the page itself, whose answer is anew each time. */
const SMALL = 20_000;

/** What is asked for anew with each visit, though nobody may answer: a newer service worker, and what packs lie beside the site. */
const ASKED_ANEW = /service-worker\.js|packs\.json|kiosk\.json/;

test('after one visit everything works with the server gone and the browser closed', async ({
  host,
  visit,
  file,
  troubles,
}) => {
  await test.step('the first visit stores the site, and fetches nothing large twice', async () => {
    const { context, app, privacy } = await visit();
    await privacy.expectReady();
    expect(await privacy.size()).toBeGreaterThan(8);
    const large = host.answers.filter(({ bytes }) => bytes > SMALL).map(({ path }) => path);
    expect(large).toContain('/a/b/engine-cpu_bg.wasm');
    expect(large).not.toContain('/a/b/engine-gpu_bg.wasm');
    expect(large, 'few open them').not.toContain('/a/b/films/paediatric.zip');
    expect(large.toSorted()).toEqual([...new Set(large)].toSorted());
    const sent = host.answers.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(`a first visit and its copy: ${host.answers.length} answers, ${(sent / 1e6).toFixed(2)} MB uncompressed`);
    const all = statSync(join(host.folder, 'engine-cpu_bg.wasm')).size;
    expect(sent).toBeGreaterThan(all);

    // The network goes; this page has not been loaded anew.
    const tasks = new Tasks(app.page);
    const pediatric = async () => {
      await tasks.pack('paediatric').click();
      await expect(app.nav('look')).toContainText(say('station.films', { n: 16 }), { timeout: 60_000 });
      await tasks.expectChosen('paediatric', 'region');
    };
    await pediatric();
    await tasks.pack('built-in').click();
    await app.expectFilms(192);
    await host.stop();
    await context.setOffline(true);
    await pediatric();
    await expect(app.look.films).not.toHaveCount(0);
    await context.close();
  });

  await test.step('in a new browser without a network it opens, trains and answers', async () => {
    troubles.length = 0; // the old browser's looks for a new version
    const { context, app, privacy } = await visit();
    await context.setOffline(true);
    // The browser knows of the copy, whatever the page has yet to fetch.
    await expect(privacy.state).toContainText(begin('offline.ready'), { timeout: 5_000 });
    await app.go('train');
    await app.train.set('epochs', 4);
    await app.train.setting('fine-tuning').uncheck();
    await app.train.start();
    await app.train.expectTrained();
    expect(await app.train.validationAccuracy()).toBeGreaterThanOrEqual(0.9);
    await app.go('try');
    await app.drop(file('a film.jpg', film('chest/a01.jpg')));
    await app.ask.expectAnswered(1);
    await expect(app.ask.sentence).toHaveText(/^Chest, \d+%$/);
    await app.go('look');
    const tasks = new Tasks(app.page);
    // Kept since they were chosen with a network.
    await tasks.pack('paediatric').click();
    await app.look.giveUp();
    await expect(app.nav('look')).toContainText(say('station.films', { n: 16 }), { timeout: 60_000 });
    await tasks.expectChosen('paediatric', 'region');
    // A link of a lesson opens too, which asks for something else than what this tab has made.
    await app.page.goto('?lang=es&device=cpu&seed=5');
    await expect(app.page.locator('html')).toHaveAttribute('lang', 'es');
    await expect(app.nav('look')).toContainText('192', { timeout: 60_000 });
  });

  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('once a DICOM file has been read, others are read without a network', async ({ host, visit, folder, file, troubles }) => {
  const { context, app, privacy } = await visit();
  await privacy.expectReady();
  const fetched = () => host.answers.filter(({ path }) => path.endsWith('/format-reader_bg.wasm')).length;
  expect(fetched()).toBe(0);
  await app.drop(folder('disc', twoClasses(3)));
  await app.look.expectLoaded(12);
  expect(fetched()).toBe(1);

  await host.stop();
  await context.setOffline(true);
  await app.page.reload();
  await app.expectFilms(192);
  await app.drop(folder('another', twoClasses(4)));
  await app.look.expectLoaded(16);
  await app.trainBriefly();
  await app.go('try');
  await app.drop(file('IM50', radiograph({ grey: halves('lower', 50) })));
  await app.ask.expectAnswered(1);

  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('once images of one\'s own have been loaded, tables, the search and packs need no network', async ({
  host,
  visit,
  folder,
  troubles,
}) => {
  const { context, app, privacy } = await visit();
  await privacy.expectReady();
  const fetched = () => host.answers.filter(({ path }) => path.endsWith('/dataset-tools_bg.wasm')).length;
  expect(fetched(), 'the built-in images do without it').toBe(0);
  const ours = twoClassesOf(6);
  await app.drop(folder('ours', ours));
  await app.expectFilms(12);
  await expect.poll(fetched).toBe(1);

  await host.stop();
  await context.setOffline(true);
  await app.page.reload();
  await app.expectFilms(192);
  // What nobody has chosen is not there: it is said, and what is there stays.
  await new Tasks(app.page).pack('paediatric').click();
  await expect(app.look.loadError).toContainText(begin('load_error.download'));
  await app.expectFilms(192);
  const neverThere = troubles.filter((trouble) => trouble.includes('paediatric.zip'));
  troubles.splice(0, troubles.length, ...troubles.filter((trouble) => !neverThere.includes(trouble)));
  const flat = Object.entries(ours).map(([path, bytes]) => [path.replace('/', '-'), bytes] as const);
  const rows = flat.map(([name]) => `${name},${name.split('-')[0]}`);
  const table = new TextEncoder().encode(['file,class', ...rows].join('\n'));
  await app.drop(folder('with a table', { ...Object.fromEntries(flat), 'labels.csv': table }));
  await app.page.getByTestId('table').getByTestId('question-accept').click();
  await app.expectFilms(12);
  const shortcuts = new Shortcuts(app.page);
  await expect(shortcuts.said).not.toBeEmpty();
  await expect(shortcuts.said).not.toContainText(say('shortcut.finding'));
  await expect(shortcuts.said).not.toContainText(say('shortcut.no_program', { detail: '' }).trim());
  const pack = new SavePack(app.page);
  await pack.begin.click();
  await expect(pack.ready).toBeVisible();

  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('once a network has been taken along, the next is without a network; what was trained is there again', async ({
  host,
  visit,
  troubles,
}, testInfo) => {
  const { context, app, privacy } = await visit();
  await privacy.expectReady();
  const fetched = () => host.answers.filter(({ path }) => /\/network-(files|page)_bg\.wasm$/.test(path)).length;
  await app.trainBriefly();
  await app.go('try');
  expect(fetched(), 'whoever takes nothing along has no use for them').toBe(0);
  const file = new NetworkFile(app.page, app.ask.section);
  const path = (name: string) => testInfo.outputPath(name);
  await file.saved('onnx', path);
  expect(fetched()).toBe(2);

  await host.stop();
  await context.setOffline(true);
  await app.page.reload();
  await app.expectFilms(192);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'), RUN);
  await app.go('try');
  await file.saved('page', path);

  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('a facilitator who has opened the room scans codes without a network', async ({ host, visit, troubles }) => {
  const { context, app, privacy } = await visit();
  await privacy.expectReady();
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  await app.takeAway.open();
  const code = await app.page.getByTestId('qr-result-code').evaluate((element) => element.innerHTML);
  const fetched = () => host.answers.filter(({ path }) => path.endsWith('/scanner_bg.wasm')).length;
  expect(fetched(), 'a learner has no use for it').toBe(0);
  await app.page.goto('?room');
  await expect(app.room.section).toBeVisible();
  await expect.poll(fetched).toBe(1);

  await host.stop();
  await context.setOffline(true);
  await app.page.reload();
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(await photographed(code)) };
  await app.room.section.getByTestId('scan-file').setInputFiles(picture);
  await app.room.expectCount(1);

  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('a kiosk that was opened once goes on without a network after a reload', async ({ host, visit, troubles }) => {
  const openKiosk = async (context: BrowserContext) => {
    const kiosk = await context.newPage();
    await kiosk.goto(`${host.url}?kiosk&side=64`);
    await expect(kiosk.getByTestId('kiosk-begin')).toBeVisible({ timeout: 60_000 });
    return kiosk;
  };
  // It is the first that this browser has of the site: nobody was there to keep what it fetched.
  const { context } = await visit(async (context) => {
    const kiosk = await openKiosk(context);
    const stored = () =>
      kiosk.evaluate(async () => {
        const all = (await caches.keys()).map(async (name) => (await caches.open(name)).keys());
        return (await Promise.all(all)).flat().some(({ url }) => url.includes('-kiosk.wasm'));
      });
    await expect.poll(stored, { timeout: 90_000 }).toBe(true);
    await kiosk.close();
  });
  await host.stop();
  await context.setOffline(true);
  await openKiosk(context);
  const unexpected = troubles.filter((trouble) => !ASKED_ANEW.test(trouble));
  troubles.length = 0;
  expect(unexpected).toEqual([]);
});

test('where there is no room for a copy the page says so, and all else works', async ({ visit, host }) => {
  const { context, app, privacy } = await visit(async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const devTools = await context.newCDPSession(page);
    await devTools.send('Storage.overrideQuotaForOrigin', { origin: host.origin, quotaSize: 5_000_000 });
  });
  await expect(privacy.state).toContainText(say('offline.failed'), { timeout: 90_000 });
  await privacy.open.click();
  await expect(app.page.getByTestId('offline-why')).toHaveText(say('offline.full_why'));
  await privacy.close();
  await app.trainBriefly();
  await context.close();
});

test('the page can be installed', async ({ page, request, baseURL }) => {
  await page.goto('');
  const address = await page.locator('link[rel="manifest"]').getAttribute('href');
  const manifest = await (await request.get(new URL(address ?? '', baseURL).href)).json();
  expect(manifest).toMatchObject({ id: './', start_url: './', scope: './', display: 'standalone' });
  const icons: { src: string; sizes: string; purpose?: string }[] = manifest.icons;
  expect(icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src, sizes } of icons) {
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }
  const devTools = await page.context().newCDPSession(page);
  const { errors } = await devTools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
});
