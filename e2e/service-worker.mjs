// Writes the service worker of a finished site, which keeps a copy of it for offline use: the last step of a build.
//
//   node service-worker.mjs DIST

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { TAKE_ALONG } from './files.mjs';

const WORKER = 'service-worker.js';
/** Read by hosts and by people, not by the page. */
const NOT_STORED = [WORKER, 'headers.json', '.stamp', 'PROVENANCE.json', ...Object.values(TAKE_ALONG)];
/** Whoever runs the site may change these beside it; they have no hash that holds. */
const CHANGING = ['kiosk.json', 'packs.json'];
/** Fetched and kept only once somebody uses them. */
const LATER =
  /^((dataset-tools_bg|format-reader_bg|network-files_bg|network-page_bg|scanner_bg|page-[0-9a-f]+-[a-z0-9-]+)\.wasm|films\/paediatric\.zip)$/;

const [dist] = process.argv.slice(2);
if (!dist) throw new Error('usage: node service-worker.mjs DIST');

/** @param {'sha256' | 'sha384'} kind @param {Buffer | string} content */
const hash = (kind, content) => createHash(kind).update(content);

/** @param {string} url */
const described = (url) => {
  const content = readFileSync(join(dist, url));
  return {
    url,
    revision: hash('sha256', content).digest('hex').slice(0, 16),
    integrity: `sha384-${hash('sha384', content).digest('base64')}`,
    size: content.length,
  };
};

const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
  // A host may keep compressed copies beside the files.
  .filter((name) => !NOT_STORED.includes(name) && !/(^|\/)\.|\.(br|gz)$/.test(name))
  .toSorted();

// The version is that of all files together; the page says its own.
const index = join(dist, 'index.html');
const page = readFileSync(index, 'utf8').replace(/\s*<meta name="version"[^>]*>/, '');
writeFileSync(index, page);
const all = names.map(described).map(({ url, revision }) => `${url} ${revision}`);
const version = hash('sha256', all.join('\n')).digest('hex').slice(0, 12);
writeFileSync(index, page.replace('<head>', `<head>\n    <meta name="version" content="${version}">`));

const files = names.filter((name) => !CHANGING.includes(name) && !LATER.test(name)).map(described);
const later = names.filter((name) => LATER.test(name)).map(described);
const changing = CHANGING.filter((name) => existsSync(join(dist, name)));
const outfile = join(dist, WORKER);
await build({
  entryPoints: [fileURLToPath(new URL(`../public/${WORKER}`, import.meta.url))],
  nodePaths: [fileURLToPath(new URL('node_modules', import.meta.url))],
  outfile,
  allowOverwrite: true,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  logLevel: 'warning',
  define: {
    FILES: JSON.stringify(files),
    CHANGING: JSON.stringify(changing),
    LATER: JSON.stringify(later),
    VERSION: JSON.stringify(version),
    'process.env.NODE_ENV': '"production"',
  },
});

const size = files.reduce((sum, file) => sum + file.size, 0);
console.log(`Version ${version}: ${files.length} files, ${(size / 1e6).toFixed(1)} MB, for offline use`);
