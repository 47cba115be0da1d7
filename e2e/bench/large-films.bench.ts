import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { radiograph } from '../dicom.ts';
import { expect, test } from '../pages/fixtures.ts';

/** A digital radiograph as it leaves a detector: 12 bits in 16. */
const WIDTH = 2500;
const HEIGHT = 3000;
const FILMS = Number(process.env.FILMS ?? 200);

/** A dark film with a bright half and the noise of a detector, 0 to 4095; no two alike. */
const picture = (bright: 'upper' | 'lower', number: number) => {
  const grey = new Uint16Array(WIDTH * HEIGHT);
  let noise = number + 1;
  for (let at = 0; at < grey.length; at += 1) {
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    const upper = at < grey.length / 2;
    grey[at] = (upper === (bright === 'upper') ? 2_600 : 700) + ((at % WIDTH) * (number % 17)) / 100 + (noise >>> 26);
  }
  return grey;
};

const KINDS = {
  DICOM: (grey: Uint16Array, patient: string) =>
    radiograph({ width: WIDTH, height: HEIGHT, patient, grey: (x, y) => grey[y * WIDTH + x]! }),
  PNG: (grey: Uint16Array) =>
    sharp(grey, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } }).toColourspace('grey16').png({ compressionLevel: 1 }).toBuffer(),
};

/** The most memory that all processes of the browser held together so far, in MB. Linux only; elsewhere 0. */
const memory = () => {
  try {
    const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const held = ids.map((id) => {
      try {
        const status = readFileSync(`/proc/${id}/status`, 'utf8');
        if (!/^Name:\s*chrom/m.test(status)) return 0;
        return Number(/^RssAnon:\s*(\d+)/m.exec(status)?.[1] ?? 0);
      } catch {
        return 0; // ended meanwhile
      }
    });
    return held.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024;
  } catch {
    return 0;
  }
};

for (const [kind, write] of Object.entries(KINDS)) {
  test(`${FILMS} films of ${WIDTH} by ${HEIGHT} pixels and 12 bits, as ${kind}`, async ({ app, page }, testInfo) => {
    const folder = testInfo.outputPath('films');
    let bytes = 0;
    let first = '';
    for (let number = 0; number < FILMS; number += 1) {
      const bright = number % 2 === 0 ? 'upper' : 'lower';
      const file = await write(picture(bright, number), `P-${number}`);
      mkdirSync(join(folder, bright), { recursive: true });
      const path = join(folder, bright, `${number}.${kind === 'PNG' ? 'png' : 'dcm'}`);
      writeFileSync(path, file);
      bytes += file.length;
      first ||= path;
    }
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, memory())), 500);
    try {
      await app.open('?device=cpu');
      await app.expectFilms(192);
      await page.waitForTimeout(3_000);
      const idle = memory();
      let begin = performance.now();
      await app.look.chooseFolder(folder);
      await app.expectFilms(FILMS);
      const loaded = performance.now() - begin;
      await app.go('train');
      begin = performance.now();
      await app.train.start();
      await app.train.expectTrained();
      const trained = performance.now() - begin;
      await app.go('try');
      begin = performance.now();
      await app.drop(first);
      await app.ask.expectAnswered(1);
      const answered = performance.now() - begin;
      const seconds = (time: number) => (time / 1000).toFixed(1);
      console.log(
        `${kind}: ${(bytes / 1e6).toFixed(0)} MB in ${FILMS} files; loaded after ${seconds(loaded)} s, trained in ${seconds(trained)} s more; ` +
          `one dropped, answered after ${seconds(answered)} s; memory ${idle.toFixed(0)} MB before, at most ${most.toFixed(0)} MB`,
      );
      expect(loaded).toBeGreaterThan(0);
    } finally {
      clearInterval(watch);
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
