// TensorFlow.js's WebGPU backend on the recipes that `cargo xtask gpu-check` times of ours, in lines of name, milliseconds, and
// milliseconds of the first time, with tabs between.
//
//   node bench/webgpu.mjs --weights FILE [--software]
//
// --weights: the backbone's safetensors file; --software: Chromium's emulation of a graphics processor.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launch } from '../browser.mjs';
import { tensorFlowGradients } from './bundles.mjs';
import { serve } from './server.mjs';
import { ask } from './turns.mjs';

const { values } = parseArgs({
  options: { weights: { type: 'string', default: '' }, software: { type: 'boolean', default: false } },
});
if (values.weights === '') throw new Error('missing: --weights');

/** As `model/benchmark` has them (`Exercise::sizes`): a test there compares. */
const SIZES = { training: 116, validation: 38, batch: 8, classes: 2, side: 224, unfrozen: 2 };

/** Of each, after a first one. */
const ROUNDS = 3;

const RECIPES = ['head-epoch', 'fine-tuning-step', 'scratch-step'];

/** A graphics processor by Vulkan, where Chromium would not ask for one unasked. */
const HARDWARE = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];

const here = fileURLToPath(new URL('./', import.meta.url));
const packages = join(here, 'node_modules');
const server = await serve({
  '/page/': join(here, 'page'),
  '/network/': join(here, 'network'),
  '/weights': values.weights,
  '/tensorflow/tf-core.min.js': join(packages, '@tensorflow/tfjs-core/dist/tf-core.min.js'),
  '/tensorflow/tf-backend-webgpu.min.js': join(packages, '@tensorflow/tfjs-backend-webgpu/dist/tf-backend-webgpu.min.js'),
  '/tensorflow/gradients.js': tensorFlowGradients(),
});
const { channel, launchOptions } = launch(values.software ? 'webgpu' : 'cpu');
const args = values.software ? launchOptions.args : [...launchOptions.args, ...HARDWARE];
const browser = await chromium.launch({ ...launchOptions, args, ...(channel ? { channel } : {}) });
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(`${server.origin}/page/index.html`);
  await page.waitForFunction(() => 'contenders' in globalThis);
  const adapter = await page.evaluate(async () => {
    const { gpu } = /** @type {{ gpu?: { requestAdapter(): Promise<{ info: { vendor: string, architecture: string } } | null> } }} */ (navigator);
    const info = (await gpu?.requestAdapter())?.info;
    return info ? `${info.vendor} ${info.architecture}` : 'none';
  });
  console.log(`adapter\t${adapter}`);
  for (const recipe of RECIPES) {
    await ask(page, 'start', recipe, { program: 'tensorflow-training', backend: 'webgpu', recipe, sizes: SIZES });
    const times = [];
    for (let round = 0; round <= ROUNDS; round += 1) times.push(Number(await ask(page, 'once', recipe)));
    await ask(page, 'end', recipe);
    const [first, ...rest] = times;
    const usual = rest.toSorted((a, b) => a - b)[Math.floor(rest.length / 2)];
    console.log(`${recipe}\t${usual?.toFixed(1)}\t${first?.toFixed(1)}`);
  }
} finally {
  await browser.close();
  server.close();
}
