// As engines.py, for onnxruntime-web in a browser: makes one page of it and the files, and asks the page. Started by make.mjs.

import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const [folder, packages] = process.argv.slice(2);
if (!folder || !packages) throw new Error('usage: web.mjs FILES NODE_MODULES');
const own = join(packages, 'onnxruntime-web');
const { version } = JSON.parse(readFileSync(join(own, 'package.json'), 'utf8'));

const PAGE = '<!doctype html><title>witness</title><script src="/ort/ort.wasm.min.js"></script>';
/** @type {Record<string, string>} */
const KINDS = { js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

const server = createServer(({ url = '/' }, answer) => {
  const ending = url.split('.').at(-1) ?? '';
  if (url === '/') return answer.setHeader('content-type', 'text/html').end(PAGE);
  try {
    const bytes = readFileSync(url.startsWith('/ort/') ? join(own, 'dist', url.slice(5)) : join(folder, url.slice(1)));
    answer.setHeader('content-type', KINDS[ending] ?? 'application/octet-stream').end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
const bound = server.address();
const address = `http://127.0.0.1:${bound && typeof bound === 'object' ? bound.port : ''}/`;

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] });
const page = await browser.newPage();
await page.goto(address);
await page.evaluate(() => {
  const { ort } = /** @type {any} */ (globalThis);
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = '/ort/';
});

/** The largest difference, of all images together and of the first by itself. @param {string} name */
const away = (name) =>
  page.evaluate(async (name) => {
    const { ort } = /** @type {any} */ (globalThis);
    const bytes = async (/** @type {string} */ ending) => (await fetch(`/${name}.${ending}`)).arrayBuffer();
    const images = new Float32Array(await bytes('input'));
    const expected = new Float32Array(await bytes('probabilities'));
    const session = await ort.InferenceSession.create(new Uint8Array(await bytes('onnx')));
    const n = 20;
    const side = Math.round(Math.sqrt(images.length / n));
    let most = 0;
    for (const part of [n, 1]) {
      const image = new ort.Tensor('float32', images.slice(0, part * side * side), [part, 1, side, side]);
      const { probabilities } = await session.run({ image });
      /** @type {Float32Array} */
      const found = probabilities.data;
      if (found.length !== (expected.length / n) * part) throw new Error('another number of probabilities');
      found.forEach((value, place) => (most = Math.max(most, Math.abs(value - (expected[place] ?? NaN)))));
    }
    return most;
  }, name);

for (const file of readdirSync(folder).filter((file) => file.endsWith('.onnx')).sort()) {
  const name = file.slice(0, -'.onnx'.length);
  const line = { engine: 'onnxruntime-web', version, name };
  const outcome = await away(name).then(
    (away) => ({ away }),
    (error) => ({ error: String(error).split('\n')[0] }),
  );
  console.log(JSON.stringify({ ...line, ...outcome }));
}
await browser.close();
server.close();
