// Makes one HTML file of the built site, which opens from a disk by double click. What is fetched or started by address on a
// host is in the file itself; the scripts of xtask/single answer for it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesIn, TAKE_ALONG } from '../files.mjs';

const own = (/** @type {string} */ name) =>
  readFileSync(new URL(`../../xtask/single/${name}`, import.meta.url), 'utf8');
const inlined = own('inlined.js');

/** What the programs fetch by its address, and its media type. @type {[RegExp, string][]} */
const FETCHED = [
  [/\.wasm$/, 'application/wasm'],
  [/\.(zip|safetensors)$/, 'application/octet-stream'],
  [/^kiosk\.json$/, 'application/json'],
];

/** The first script of each kind of worker, and what it imports. */
const WORKERS = [
  { start: 'engine-start.js', imports: 'engine-gpu.js' },
  { start: 'feature-worker-start.js', imports: 'feature-worker.js' },
  { start: 'scanner-start.js', imports: 'scanner.js' },
];

/** Of boot.js: scripts that it imports for what they do. */
const IMPORTS = /^import '\.\/([^']+)';$/gm;

/** The engine with the GPU part does for all. */
const LEFT_OUT = ['engine-cpu_bg.wasm', ...Object.values(TAKE_ALONG)];

/** Compressed bytes that are longer than this share of the plain ones are not worth their inflating. */
const WORTH = 0.95;

/** @param {string} dist the folder of the built site @returns {string} the file */
export const makeSingle = (dist) => {
  const read = (/** @type {string} */ name) => readFileSync(join(dist, name), 'utf8').replaceAll('\r\n', '\n');
  const index = read('index.html');
  const start = index.match(/<script [^>]*data-wasm="[^"]*"[^>]*><\/script>/)?.[0] ?? fail('no start of the program');
  const glue = basename(start.match(/data-js="([^"]*)"/)?.[1] ?? fail('no script of the page'));
  const pageScript = inOne(read(glue), read);
  if (/^\s*import[\s{*]/m.test(pageScript)) fail(`${glue} imports another script`);

  const boot = read('boot.js');
  // A script that only does something becomes one before it.
  const imported = [...boot.matchAll(IMPORTS)].map(([, name]) => read(name ?? ''));
  const scripts = [
    inlined,
    own('dropped.js'),
    `${pageScript}\nglobalThis.inlined = { page: { default: __wbg_init } };\n`,
    ...imported,
    boot.replaceAll(IMPORTS, ''),
  ].map(inScript);
  if (scripts.slice(3).some((text) => /^(import|export)[\s{*]/m.test(text))) fail('boot.js imports more than it may');
  const data = start.match(/data-(js|wasm)="[^"]*"/g)?.join(' ');
  const scriptTags = scripts.map((text, place) =>
    place < scripts.length - 1
      ? `<script type="module">${text}</script>`
      : `<script type="module" ${data}>${text}</script>`,
  );

  const sheets = [...index.matchAll(/<link [^>]*rel="stylesheet"[^>]*>/g)].map(([tag]) => tag);
  const style = sheets.map((tag) => read(hrefOf(tag))).join('\n');
  if (/url\((?!['"]?data:)|@import/.test(style)) fail('a style sheet refers to another file');

  const blocks = [...filesIn(dist).filter((name) => !LEFT_OUT.includes(name)).flatMap((name) => fileBlock(dist, name)), ...WORKERS.map(workerBlock(read))];
  const icon = readFileSync(join(dist, 'icon.svg')).toString('base64');

  const html = index
    .replace(/(<meta http-equiv="Content-Security-Policy" content=")[^"]*/, (_, tag) => tag + policy(scripts, style))
    .replace(/<link [^>]*rel="(manifest|preload|modulepreload|apple-touch-icon)"[^>]*>\s*/g, '')
    .replace(/<link [^>]*rel="icon"[^>]*>/g, '')
    .replace(/<link [^>]*rel="stylesheet"[^>]*>\s*/g, '')
    .replace(start, () => `<link rel="icon" href="data:image/svg+xml;base64,${icon}">\n<style>${style}</style>\n${scriptTags.join('\n')}\n`)
    .replace('</body>', () => `${blocks.join('\n')}\n</body>`);
  const left = /<(script|link|img)[^>]* (src|href)="(?!data:)[^"]*"/.exec(html)?.[0];
  return left ? fail(`it still refers to another file: ${left}`) : html;
};

/** The page's script imports what fetches its chunks, which imports it in turn. */
const CHUNKS = /^import \* as (\w+) from "\.\/(page-[0-9a-f]+-chunks\.js)"$/gm;

/** Both in one script. @param {string} script @param {(name: string) => string} read */
const inOne = (script, read) => {
  const imports = [...script.matchAll(CHUNKS)];
  const name = imports[0]?.[2];
  if (!name) return script;
  const chunks = read(name).replace(/^import \{ initSync \} from "[^"]+";$/m, '');
  const exported = [...chunks.matchAll(/^export const (\w+)/gm)].map(([, exported]) => exported);
  const names = imports.map(([, name]) => `const ${name} = { ${exported.join(', ')} };`);
  return [chunks.replaceAll(/^export /gm, ''), ...names, script.replaceAll(CHUNKS, '')].join('\n');
};

/** Nothing may be loaded at all, from anywhere; only these scripts run. @param {string[]} scripts @param {string} style */
const policy = (scripts, style) =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    'img-src blob: data:',
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** @param {string} text */
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The same script, with nothing in it that would end its element. @param {string} text */
const inScript = (text) => text.replaceAll(/<(\/script|!--)/gi, '<\\$1');

/** @param {string} tag */
const hrefOf = (tag) => tag.match(/href="([^"]*)"/)?.[1] ?? fail(`no address in ${tag}`);

/** @param {string} dist @param {string} name */
const fileBlock = (dist, name) => {
  const type = FETCHED.find(([pattern]) => pattern.test(name))?.[1];
  if (!type) return [];
  const plain = readFileSync(join(dist, name));
  const compressed = gzipSync(plain, { level: 9 });
  const gzip = compressed.length < WORTH * plain.length;
  const text = (gzip ? compressed : plain).toString('base64');
  return [`<script type="text/plain" data-file="${name}" data-type="${type}"${gzip ? ' data-gzip' : ''}>${text}</script>`];
};

/** @param {(name: string) => string} read @returns {(worker: { start: string, imports: string }) => string} */
const workerBlock = (read) => ({ start, imports }) =>
  `<script type="text/plain" data-worker="${start}">${inScript([inlined, read(imports), read(start)].join('\n'))}</script>`;

/** @param {string} what @returns {never} */
const fail = (what) => {
  throw new Error(`the single file cannot be made: ${what}`);
};
