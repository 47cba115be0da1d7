// A visitor's own images, in number and in size, through the page: how long, and how much memory.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, TestInfo } from '@playwright/test';
import { test } from '../pages/fixtures.ts';
import { memoryOf } from './memory.mjs';
import { CLASSES, type Kind, ownImage } from './own-images.ts';

const megabytes = (bytes = NaN) => Math.round(bytes / 1e6);
const seconds = (milliseconds: number) => (milliseconds / 1e3).toFixed(1);

/** Writes them one after another, so that they need not be in memory together. */
const written = async (testInfo: TestInfo, kind: Kind, size: { width: number; height: number }, number: number) => {
  const folder = testInfo.outputPath('images');
  for (const name of CLASSES) mkdirSync(join(folder, name), { recursive: true });
  let bytes = 0;
  for (let image = 0; image < number; image += 1) {
    const file = await ownImage(kind, size, image);
    writeFileSync(join(folder, file.path), file.bytes);
    bytes += file.bytes.length;
  }
  return { folder, bytes };
};

/** The most memory of the browser, looked at for as long as something is done, in bytes. */
const whileLooking = async <T>(browser: Browser, act: () => Promise<T>): Promise<{ result: T; most: number }> => {
  let going = true;
  let most = 0;
  const looking = (async () => {
    while (going) most = Math.max(most, (await memoryOf(browser)) ?? NaN);
  })();
  try {
    return { result: await act(), most };
  } finally {
    going = false;
    await looking;
  }
};

const SETS: { title: string; kind: Kind; number: number; width: number; height: number }[] = [
  ...[100, 1_000, 5_000].map((number) => ({ title: `${number} images`, kind: 'jpeg' as const, number, width: 512, height: 600 })),
  ...(['dicom', 'png'] as const).map((kind) => ({
    title: `200 images of 12 bits, 2,500 by 3,000 pixels, as ${kind}`,
    kind,
    number: 200,
    width: 2_500,
    height: 3_000,
  })),
];

for (const { title, kind, number, width, height } of SETS) {
  test(title, async ({ app, page, browser }, testInfo) => {
    const { folder, bytes } = await written(testInfo, kind, { width, height }, number);
    await page.addInitScript(() => {
      const tasks: number[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
    });
    /** Milliseconds of the longest task of the page since this was last asked; 0 where none took 50. */
    const longest = () => page.evaluate(() => Math.max(0, ...(Reflect.get(globalThis, 'tasks') as number[]).splice(0)));
    try {
      await app.open('?device=cpu');
      const before = await memoryOf(browser);
      const { result, most } = await whileLooking(browser, async () => {
        await longest();
        const begun = performance.now();
        await app.look.chooseFolder(folder);
        await app.expectFilms(number);
        const loaded = performance.now();
        const whileLoading = await longest();
        await app.go('train');
        await app.train.start();
        await app.train.expectTrained();
        const trained = performance.now();
        return { loaded: loaded - begun, trained: trained - loaded, tasks: [whileLoading, await longest()] };
      });
      const { loaded, trained, tasks } = result;
      console.log(
        `${title}, ${megabytes(bytes)} MB in files: loaded in ${seconds(loaded)} s, trained in ${seconds(trained)} s more, ` +
          `${((loaded + trained) / number).toFixed(0)} ms an image; longest task of the page ${tasks.map((task) => task.toFixed(0)).join(' ms, then ')} ms; ` +
          `memory of the browser ${megabytes(before)} MB before, at most ${megabytes(most)} MB`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('twenty trainings in a row', async ({ app, browser }) => {
  await app.open('?device=cpu');
  const held: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    await app.go('train');
    if (run > 0) await app.train.again.click();
    else await app.train.start();
    await app.train.expectTrained();
    held.push(megabytes(await memoryOf(browser)));
  }
  console.log(`memory of the browser after each of twenty trainings, MB: ${held.join(', ')}`);
});
