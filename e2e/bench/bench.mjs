// The whole field in one run of the browser, by turns: see docs/decisions/speed.md.
//
//   node bench/bench.mjs --engine FOLDER --native PROGRAM --weights FILE --dist FOLDER --cache FOLDER --out FOLDER [--short]
//
// --engine: bench.js, bench_bg.wasm and the feature workers; --native: `model/benchmark` compiled for this computer;
// --weights: the backbone's safetensors file; --dist: the built site; --cache: compressed files by the hash of their content;
// --out: where bench.md and bench.json go; --short: few rounds, to see that it works.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launch } from '../browser.mjs';
import { agreement } from './agreement.mjs';
import { liteRt, tensorFlowGradients } from './bundles.mjs';
import { BACKBONE, RECIPES, allCores, oursTraining, training } from './contenders.mjs';
import { costs, downloaded } from './costs.mjs';
import { startNative } from './native.mjs';
import { stages } from './network/mobilenet.mjs';
import { onnx } from './network/onnx.mjs';
import { tflite } from './network/tflite.mjs';
import { measureOpening, openingTable } from './opening.mjs';
import { judge, look, told } from './quiet.mjs';
import { serve } from './server.mjs';
import { label, plainTable, timeTable } from './tables.mjs';
import { ask, takeTurns } from './turns.mjs';

/** @import { Table } from './tables.mjs' */

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: '' },
    native: { type: 'string', default: '' },
    weights: { type: 'string', default: '' },
    dist: { type: 'string', default: '' },
    cache: { type: 'string', default: '' },
    out: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
  },
});
const missing = Object.entries(values).filter(([, value]) => value === '');
if (missing.length > 0) throw new Error(`missing: ${missing.map(([name]) => `--${name}`).join(', ')}`);
const { engine, native: program, weights, dist, cache, out, short } = values;

const IMAGES = short ? 16 : 192;
const ROUNDS = {
  backbone: short ? { warmUp: 1, rounds: 3 } : { warmUp: 3, rounds: 21 },
  settings: { warmUp: 1, rounds: 1 },
  allCores: short ? { warmUp: 0, rounds: 1 } : { warmUp: 1, rounds: 7 },
  training: short ? { warmUp: 0, rounds: 1 } : { warmUp: 1, rounds: 7 },
};
const VISITS = short ? 1 : 5;

const here = fileURLToPath(new URL('./', import.meta.url));
const packages = join(here, 'node_modules');
const say = (/** @type {string} */ text) => console.error(`  ${text}`);

say('Writing the network for the other libraries');
const network = stages(readFileSync(weights));
const server = await serve({
  '/page/': join(here, 'page'),
  '/network/': join(here, 'network'),
  '/engine/feature-worker-start.js': join(here, '../../public/feature-worker-start.js'),
  '/engine/': engine,
  '/weights': weights,
  '/models/backbone.onnx': onnx(network),
  '/models/backbone.tflite': tflite(network),
  '/tensorflow/tf-core.min.js': join(packages, '@tensorflow/tfjs-core/dist/tf-core.min.js'),
  '/tensorflow/tf-backend-cpu.min.js': join(packages, '@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.min.js'),
  '/tensorflow/gradients.js': tensorFlowGradients(),
  '/tensorflow/': join(packages, '@tensorflow/tfjs-backend-wasm/dist'),
  '/onnx-runtime/': join(packages, 'onnxruntime-web/dist'),
  '/litert.js': liteRt(),
  '/litert/': join(packages, '@litertjs/core/wasm'),
});

const before = await look();
const native = startNative(program, weights);
const { channel, launchOptions } = launch('cpu');
const browser = await chromium.launch({ ...launchOptions, ...(channel ? { channel } : {}) });

const open = async () => {
  const page = await browser.newPage();
  // A busy computer is told by the verdict, not by an error.
  page.setDefaultTimeout(600_000);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${server.origin}/page/index.html`);
  await page.waitForFunction(() => 'contenders' in globalThis);
  if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error('the page is not isolated');
  return page;
};

/** @type {Table[]} */
const tables = [];
try {
  say('One image');
  const backbonePage = await open();
  const cores = await backbonePage.evaluate(() => navigator.hardwareConcurrency);
  const backbone = await takeTurns(backbonePage, native, BACKBONE, ROUNDS.backbone);
  tables.push({
    title: 'The backbone, one image',
    note: 'MobileNetV2 1.0, 224 pixels, one thread, in a worker, messages included. The others are given three normalised planes, made before.',
    rows: backbone,
  });
  const inPage = backbone.filter(({ name, cannot }) => !cannot && BACKBONE.some((of) => of.name === name && of.options));
  const agreed = await agreement(backbonePage, inPage);
  await backbonePage.close();

  say(`${IMAGES} images on ${cores} cores`);
  const { ours, peers } = allCores(cores, IMAGES);
  const tried = [];
  const best = [];
  for (const settings of peers) {
    // A page for each library: what none of them gives back does not burden the next.
    const page = await open();
    const rows = await takeTurns(page, native, settings, ROUNDS.settings);
    await page.close();
    tried.push(...rows);
    const [fastest] = rows.filter(({ cannot }) => !cannot).toSorted((a, b) => (a.times[0] ?? 0) - (b.times[0] ?? 0));
    best.push(...settings.filter(({ name }) => name === fastest?.name));
  }
  const allCoresPage = await open();
  tables.push({
    title: `Features of ${IMAGES} images on ${cores} cores`,
    note: `Each of the others in its best setting of these, measured once: ${tried.map((row) => `${label(row)}: ${row.cannot ?? `${Math.round(row.times[0] ?? NaN)} ms`}`).join('; ')}.`,
    rows: await takeTurns(allCoresPage, native, [ours, ...best], ROUNDS.allCores),
  });
  await allCoresPage.close();

  for (const exercise of RECIPES) {
    const { recipe, title } = exercise;
    say(title);
    const page = await open();
    await ask(page, 'start', 'sizes', oursTraining(recipe));
    /** @type {Record<string, number>} */
    const sizes = await ask(page, 'sizes', 'sizes');
    await ask(page, 'end', 'sizes');
    const told = Object.entries(sizes).map(([name, size]) => `${name} ${size}`);
    tables.push({
      title,
      note: `The settings of the page, one thread: ${told.join(', ')}. The same recipe in the browser and natively.`,
      rows: await takeTurns(page, native, training(exercise, sizes, short), ROUNDS.training),
    });
    await page.close();
  }

  say('Memory and bytes');
  const measured = await costs(browser, open, server.takeSent, [
    ...BACKBONE,
    { name: ours.name, options: ours.options },
    { name: 'ours, fine-tuning', options: oursTraining('fine-tuning-step') },
  ]);

  const version = browser.version();
  await browser.close();
  say('Opening the site');
  const opened = await measureOpening([dist], VISITS);
  const judgement = judge(before, await look(), tables, short);

  const sizes = await Promise.all(measured.map(async ({ name, memory, sent }) => ({ name, memory, ...(await downloaded(sent, cache)) })));
  const result = {
    browser: `Chromium ${version}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores,
    short,
    judgement,
    tables,
    agreement: agreed,
    sizes,
    opening: Object.fromEntries(opened),
  };
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(2);
  const markdown = [
    `## Speed\n\n${result.browser}, ${result.processor}, ${cores} cores${short ? '; a short run, only to see that it works' : ''}.\n\n${told(judgement)}\n`,
    ...tables.map(timeTable),
    plainTable(
      'Whether they compute the same',
      'Features of four images beside ours with relaxed SIMD.',
      ['', 'cosine', 'largest difference', 'largest feature', ''],
      agreed.map(({ name, cosine, difference, largest, same }) => [name, cosine.toFixed(7), difference.toExponential(1), largest.toFixed(2), same ? 'the same' : '**NO PEER**']),
    ),
    plainTable(
      'Memory and bytes',
      'Memory of all processes of the browser above that with an empty page, after one round; only Linux tells it. Bytes after brotli 11: the library with its WebAssembly, and the weights as it reads them, which for ONNX Runtime Web and LiteRT.js are of 32 bit here.',
      ['', 'memory, MB', 'program, MB', 'weights, MB'],
      sizes.map(({ name, memory, program, weights }) => [name, memory === undefined ? 'not known' : megabytes(memory), megabytes(program), megabytes(weights)]),
    ),
    openingTable(opened, VISITS),
  ].join('\n');
  writeFileSync(join(out, 'bench.md'), markdown);
  writeFileSync(join(out, 'bench.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${markdown}`);
  const strangers = agreed.filter(({ same }) => !same);
  if (strangers.length > 0) throw new Error(`no peers, as they compute something else: ${strangers.map(({ name }) => name).join(', ')}`);
} finally {
  await browser.close();
  native.end();
  server.close();
}
