// What a graphics processor computes, and how fast, by turns in one run: see docs/decisions/webgpu-speed.md.
//
//   node bench/gpu.mjs --weights FILE --out FOLDER [--engine FOLDER] [--native PROGRAM] [--software] [--small]
//
// --weights: the backbone's safetensors file; --engine: gpu-bench.js and gpu-bench_bg.wasm, without which only what is native is timed;
// --native: `model/benchmark` compiled for this computer's graphics processor; --software: Chromium's emulation of one; --small:
// small images and few rounds, to see that it works; --out: where gpu.md and gpu.json go.

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launch } from '../browser.mjs';
import { tensorFlowGradients } from './bundles.mjs';
import { startNative } from './native.mjs';
import { judge, look, told } from './quiet.mjs';
import { serve } from './server.mjs';
import { plainTable, timeTable } from './tables.mjs';
import { ask, takeTurns } from './turns.mjs';

/** @import { Page } from '@playwright/test' */
/** @import { Contender } from './turns.mjs' */
/** @import { Table } from './tables.mjs' */

const { values } = parseArgs({
  options: {
    weights: { type: 'string', default: '' },
    out: { type: 'string', default: '' },
    engine: { type: 'string' },
    native: { type: 'string' },
    software: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
  },
});
const { weights, out, engine, native: program, software, small } = values;
if (weights === '' || out === '') throw new Error('missing: --weights and --out');
if (!engine && !program) throw new Error('missing: --engine, --native, or both');

const SIDE = small ? 64 : 224;
/** After a first one, in which kernels are compiled. */
const ROUNDS = small ? 1 : 5;
/** The largest difference that the losses of ten steps may have from the CPU's. */
const TOLERANCE = 2e-3;

/** What else than ours takes part; the names of the work are those of `model/benchmark`. */
const WORK = /** @type {const} */ ([
  { work: 'self-test', title: 'The self-test', peers: 'none' },
  { work: 'backbone', title: 'The frozen backbone, one image', peers: 'TensorFlow.js' },
  { work: 'head-epoch', title: 'An epoch of the head, average pooling', peers: 'all' },
  { work: 'fine-tuning-step', title: 'A step of fine-tuning, average pooling', peers: 'all' },
  { work: 'grid-fine-tuning-step', title: 'A step of fine-tuning, 4 x 4 grid, which is the default', peers: 'none' },
  { work: 'scratch-step', title: 'A step of the network from scratch', peers: 'all' },
]);

/** A graphics processor by Vulkan, where Chromium on Linux would not ask for one. */
const HARDWARE = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

const say = (/** @type {string} */ text) => console.error(`  ${text}`);
const here = fileURLToPath(new URL('./', import.meta.url));
const packages = join(here, 'node_modules');

/** @param {typeof WORK[number]} of @param {unknown} sizes @returns {Contender[]} */
const contenders = ({ work, peers }, sizes) => {
  /** @type {Contender[]} */
  const taking = [];
  if (engine) taking.push({ name: 'ours', options: { program: 'engine-gpu', recipe: work, side: SIDE } });
  if (program) taking.push({ name: 'ours, native', native: work });
  if (!engine || peers === 'none') return taking;
  if (work === 'backbone') {
    // Its images have 224 pixels.
    if (SIDE === 224) taking.push({ name: 'TensorFlow.js', options: { program: 'tensorflow', backend: 'webgpu', workers: 1, images: 1 } });
    return taking;
  }
  const options = { backend: 'webgpu', recipe: work, sizes };
  return [
    ...taking,
    { name: 'TensorFlow.js', options: { program: 'tensorflow-training', ...options } },
    { name: 'jax-js', options: { program: 'jax-training', ...options } },
  ];
};

const native = program ? startNative(program, weights, ['--device', 'wgpu', '--side', String(SIDE)]) : undefined;
const server = await serve({
  '/page/': join(here, 'page'),
  '/network/': join(here, 'network'),
  ...(engine ? { '/engine/': engine } : {}),
  '/weights': weights,
  '/jax/': join(packages, '@jax-js/jax/dist'),
  '/tensorflow/tf-core.min.js': join(packages, '@tensorflow/tfjs-core/dist/tf-core.min.js'),
  '/tensorflow/tf-backend-webgpu.min.js': join(packages, '@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js'),
  '/tensorflow/gradients.js': tensorFlowGradients(),
});
const { channel, launchOptions } = launch(software ? 'webgpu' : 'cpu');
const args = software ? launchOptions.args : [...launchOptions.args, ...HARDWARE];
const browser = await chromium.launch({ ...launchOptions, args, ...(channel ? { channel } : {}) });

const open = async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${server.origin}/page/index.html`);
  await page.waitForFunction(() => 'contenders' in globalThis);
  return page;
};

/** What the browser tells of its graphics processor. @param {Page} page */
const adapter = (page) =>
  page.evaluate(async () => {
    /** @typedef {{ info: Record<string, string>, features: Set<string>, limits: Record<string, number> }} Adapter */
    const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<Adapter | null> } }} */ (/** @type {unknown} */ (navigator));
    const found = await gpu?.requestAdapter();
    if (!found) throw new Error('the browser has no graphics processor: start it with --software, or see chrome://gpu');
    const { info, features, limits } = found;
    const names = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupStorageSize'];
    return {
      name: [info.vendor, info.architecture, info.description].filter(Boolean).join(' '),
      half: features.has('shader-f16'),
      limits: Object.fromEntries(names.map((name) => [name, limits[name]])),
    };
  });

try {
  const before = await look();
  let inBrowser;
  /** @type {[string, number][]} */
  let differences = [];
  let sizes;
  if (engine) {
    say('Whether it computes as the CPU does');
    const page = await open();
    inBrowser = await adapter(page);
    await ask(page, 'start', 'ours', { program: 'engine-gpu', recipe: 'self-test', side: SIDE });
    /** @type {string[]} */
    const lines = await ask(page, 'differences', 'ours');
    differences = lines.map((line) => line.split('\t')).map(([name = '', difference]) => [name, Number(difference)]);
    sizes = await ask(page, 'sizes', 'ours');
    await page.close();
  }
  const natively = await native?.ask('adapter');

  /** @type {(Table & { first: Record<string, number | undefined> })[]} */
  const tables = [];
  for (const of of WORK) {
    say(of.title);
    const page = await open();
    const rows = await takeTurns(page, native, contenders(of, sizes), { warmUp: 0, rounds: 1 + ROUNDS });
    await page.close();
    const first = Object.fromEntries(rows.map(({ name, times }) => [name, times.length > 1 ? times.shift() : undefined]));
    const firsts = Object.entries(first).map(([name, time]) => `${name} ${time === undefined ? 'the only one' : `${Math.round(time)} ms`}`);
    tables.push({ title: of.title, note: `The first time, with kernels to be compiled: ${firsts.join(', ')}.`, rows, first });
  }
  const judgement = judge(before, await look(), tables, small);

  const browserName = engine ? `Chromium ${browser.version()}` : undefined;
  const wrong = differences.filter(([, difference]) => !(difference <= TOLERANCE));
  const result = { browser: browserName, adapter: inBrowser, nativeAdapter: natively, processor: cpus()[0]?.model, side: SIDE, judgement, differences, tables };
  const markdown = [
    `## WebGPU\n`,
    ...(inBrowser
      ? [`In ${browserName}: ${inBrowser.name}; ${inBrowser.half ? 'with' : 'without'} 16-bit floating point; ${Object.entries(inBrowser.limits).map(([name, limit]) => `${name} ${limit}`).join(', ')}.\n`]
      : []),
    ...(natively ? [`Natively: ${natively}.\n`] : []),
    `Images of ${SIDE} pixels. ${told(judgement)}\n`,
    ...(differences.length > 0
      ? [
          plainTable(
            'Whether it computes as the CPU does',
            `The largest difference between the losses of ten steps; at most ${TOLERANCE}.`,
            ['', 'difference'],
            differences.map(([name, difference]) => [name, difference.toExponential(1)]),
          ),
        ]
      : []),
    ...tables.map(timeTable),
  ].join('\n');
  writeFileSync(join(out, 'gpu.md'), markdown);
  writeFileSync(join(out, 'gpu.json'), `${JSON.stringify(result, null, 2)}\n`);
  console.log(`\n${markdown}`);
  if (wrong.length > 0) throw new Error(`it computes otherwise than the CPU: ${wrong.map(([name]) => name).join('; ')}`);
  const failed = tables.flatMap(({ title, rows }) => rows.filter(({ name, cannot }) => cannot && name.startsWith('ours')).map(({ name, cannot }) => `${title}, ${name}: ${cannot}`));
  if (failed.length > 0) throw new Error(`ours failed: ${failed.join('; ')}`);
} finally {
  await browser.close();
  native?.end();
  server.close();
}
