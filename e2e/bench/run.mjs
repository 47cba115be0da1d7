// The backbone of the feature workers and that of the engine beside TensorFlow.js, in one run of the browser.
//
//   node bench/run.mjs ENGINE WEIGHTS
//
// ENGINE: a folder with bench.js, bench_bg.wasm and the feature workers; WEIGHTS: the backbone's safetensors file.

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launch } from '../browser.mjs';
import { quartiles } from './quartiles.mjs';

const [engine, weights] = process.argv.slice(2);
if (!engine || !weights) throw new Error('usage: node bench/run.mjs ENGINE WEIGHTS');
const here = fileURLToPath(new URL('./', import.meta.url));
const tensorFlow = join(here, '../node_modules/@tensorflow');

const PAGE = `<!doctype html><title>Measurement</title>
<script src="./tf-core.js"></script>
<script src="./tf-backend-wasm.js"></script>
<script type="module" src="./backbone.js"></script>`;

/** The file behind an address; nothing is served from the network. @param {string} path */
const file = (path) => {
  if (path === '/engine/feature-worker-start.js') return join(here, '../../public', basename(path));
  if (path.startsWith('/engine/')) return join(engine, basename(path));
  if (path === '/weights') return weights;
  if (path === '/tf-core.js') return join(tensorFlow, 'tfjs-core/dist/tf-core.min.js');
  const backend = join(tensorFlow, 'tfjs-backend-wasm/dist');
  if (path === '/tf-backend-wasm.js') return join(backend, 'tf-backend-wasm.min.js');
  if (path.startsWith('/tfjs-wasm/')) return join(backend, basename(path));
  return join(here, basename(path));
};

/** @param {string} path */
const contentType = (path) => {
  if (path.endsWith('.js')) return 'text/javascript';
  return path.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
};

const { channel, launchOptions } = launch('cpu');
const browser = await chromium.launch({ ...launchOptions, ...(channel ? { channel } : {}) });
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error));
  await page.route('http://127.0.0.1/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: PAGE });
    return route.fulfill({ contentType: contentType(pathname), body: readFileSync(file(pathname)) });
  });
  await page.goto('http://127.0.0.1/');
  await page.waitForFunction(() => 'measureBackbone' in globalThis);
  const times = await page.evaluate(() => Reflect.get(globalThis, 'measureBackbone')());

  console.log('\nMobileNetV2 1.0, one image of 224 pixels, one thread, milliseconds (quartiles):');
  for (const [name, label] of [
    ['relaxed', 'feature worker, relaxed SIMD'],
    ['plain', 'feature worker, plain SIMD'],
    ['engine', 'burn flex, as the engine has it'],
    ['layers', 'TensorFlow.js 4.22, wasm with SIMD, batch normalisation as layers'],
    ['fused', 'the same, folded and fused'],
  ]) {
    const [low, median, high] = quartiles(times[name ?? '']).map((time) => time.toFixed(1));
    console.log(`${median?.padStart(8)}  (${low} to ${high})  ${label}`);
  }
  const median = (/** @type {string} */ name) => quartiles(times[name])[1] ?? NaN;
  const ratio = (/** @type {string} */ name) => (median('fused') / median(name)).toFixed(2);
  const names = ['relaxed', 'plain', 'engine'].map((name) => `${name} ${ratio(name)}`);
  console.log(`Times as fast as TensorFlow.js, folded and fused: ${names.join(', ')}.`);
} finally {
  await browser.close();
}
