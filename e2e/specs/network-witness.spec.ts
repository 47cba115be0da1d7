import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filmsOf } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { NetworkFile, shares } from '../pages/network-file.ts';

/** Where the files go that `e2e/witness/make.mjs` reads; without it there is nothing to do. */
const folder = process.env['WITNESS_FOLDER'];

/** Images of each class, as often as there are classes. */
const IMAGES = 20;

const KINDS = [
  { name: 'frozen-grid', address: '?device=cpu', tuned: false, classes: 2 },
  { name: 'frozen-average', address: '?device=cpu&network=average', tuned: false, classes: 2 },
  { name: 'tuned-grid', address: '?device=cpu', tuned: true, classes: 2 },
  { name: 'tuned-average', address: '?device=cpu&network=average', tuned: true, classes: 2 },
  { name: 'scratch', address: '?device=cpu&network=scratch&side=128', tuned: false, classes: 2 },
  { name: 'tuned-grid-five', address: '?device=cpu', tuned: true, classes: 5 },
  { name: 'scratch-five', address: '?device=cpu&network=scratch&side=128', tuned: false, classes: 5 },
];

for (const { name, address, tuned, classes } of KINDS) {
  test(`${name}: a network trained here for engines elsewhere`, async ({ app, page, folder: ownFolder, file }) => {
    test.skip(!folder, 'no folder for what other engines are asked');
    test.setTimeout(1_800_000);
    mkdirSync(folder!, { recursive: true });
    await app.open(address);
    const films = [...Object.values(filmsOf('chest', 40)), ...Object.values(filmsOf('abdomen', 40))].map((bytes, at) => [`${at}.jpg`, bytes] as const);
    if (classes > 2) {
      // Nothing to be learned: five classes that images were dealt to.
      const dealt = films.map(([, bytes], at) => [`class ${at % classes}/${at}.jpg`, bytes] as const);
      await app.look.chooseFolder(ownFolder('dealt', Object.fromEntries(dealt)));
      await app.expectFilms(films.length);
    }
    await app.go('train');
    await app.train.set('epochs', 1);
    if (!address.includes('scratch')) {
      if (tuned) await app.train.set('tuning-epochs', 1);
      else await app.train.setting('fine-tuning').uncheck();
    }
    await app.train.start();
    await app.train.expectTrained();
    await app.go('try');
    const paths = films.filter((_, at) => at % 4 === 0).slice(0, IMAGES).map(([path, bytes]) => file(path.replaceAll('/', '-'), bytes));
    const rows: Record<string, number>[] = [];
    for (const [place, path] of paths.entries()) {
      await app.ask.chooseFilms(path);
      await app.ask.expectAnswered(place + 1);
      rows.push(await shares(app.ask.latest));
    }
    const own = new NetworkFile(page, app.ask.section);
    const network = await own.saved('safetensors', () => join(folder!, `${name}.safetensors`));
    await own.saved('onnx', () => join(folder!, `${name}.onnx`));
    // In the order of the file: by name, as folders and built-in classes are.
    const named = Object.keys(rows[0]!).sort();
    expect(named).toHaveLength(classes);
    const numbers = rows.flatMap((row) => named.map((one) => row[one] ?? NaN));
    writeFileSync(join(folder!, `${name}.probabilities`), new Uint8Array(Float32Array.from(numbers).buffer));
    const words = ['run', '--quiet', '--offline', '--release', '--package', 'model-files', '--example', 'inputs', '--', network];
    execFileSync('cargo', [...words, join(folder!, `${name}.input`), ...paths], { cwd: join(import.meta.dirname, '..', '..') });
  });
}
