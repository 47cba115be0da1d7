// Checks a release: the sums, that compressed files hold what they are of, that hosts are told what headers.json says, and that
// the single file lets its own scripts run and nothing else.
//
//   node release/check.mjs RELEASE

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { filesIn, TAKE_ALONG } from '../files.mjs';
import { readRules } from '../headers.mjs';
import { checkSums, SUMS } from './sums.mjs';

const release = process.argv[2];
if (!release) throw new Error('usage: node release/check.mjs RELEASE');
const site = join(release, 'site');
const read = (/** @type {string} */ name) => readFileSync(join(release, name), 'utf8');

for (const folder of [release, site]) {
  assert.deepEqual(checkSums(folder).wrong, [], `files that are not as ${SUMS} says`);
}
const names = filesIn(site);
assert.deepEqual(names.filter((name) => name !== SUMS), checkSums(site).names, 'every file of the site is in the list');

const compressed = names.filter((name) => /\.(br|gz)$/.test(name));
assert(compressed.includes('engine-cpu_bg.wasm.br') && compressed.includes('engine-cpu_bg.wasm.gz'));
assert(names.includes('kiosk.json') && !compressed.some((name) => name.startsWith('kiosk.json')), 'kiosk.json has no copy');
for (const name of compressed) {
  const expand = name.endsWith('.br') ? brotliDecompressSync : gunzipSync;
  const original = readFileSync(join(site, name.replace(/\.(br|gz)$/, '')));
  assert(expand(readFileSync(join(site, name))).equals(original), `${name} holds something else`);
}

// Each pair of name and value in quotes, as all three languages have it; a value of some files only beside its pattern.
const rules = readRules(join(site, 'headers.json'));
for (const host of ['hosts/nginx.conf', 'hosts/Caddyfile', 'site/.htaccess']) {
  const text = read(host);
  for (const { path, headers } of rules) {
    for (const [name, value] of Object.entries(headers)) {
      const lines = text.split('\n');
      const says = lines.some((line) => line.includes(`"${value}"`));
      assert(text.includes(name) && says, `${host} does not say ${name}: ${value}`);
    }
    if (path !== '/*') assert(text.includes(path.replace(/\*$/, '').replaceAll('.', '\\.')), `${host}: ${path}`);
  }
}

const plain = read('site/_headers');
for (const { path, headers } of rules) {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
  assert(plain.includes(`\n${path}\n${lines.join('')}`), `site/_headers: ${path}`);
}

const passedOn = unzipSync(readFileSync(join(site, TAKE_ALONG.site)));
assert(passedOn['DEPLOY.md'] && passedOn['hosts/nginx.conf'] && passedOn['firstread/.htaccess']);
const own = names.filter((name) => name !== SUMS && !/\.(br|gz)$/.test(name) && !Object.values(TAKE_ALONG).includes(name));
for (const name of own) {
  const packed = passedOn[`firstread/${name}`];
  assert(packed && readFileSync(join(site, name)).equals(packed), `${name} is not in the zip as it is`);
}

const single = read('firstread.html');
const policy = single.match(/Content-Security-Policy" content="([^"]*)"/)?.[1] ?? '';
const allowed = (/** @type {string} */ text) =>
  policy.includes(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
const scripts = [...single.matchAll(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g)];
assert(scripts.length >= 4);
for (const [, text] of scripts) assert(allowed(text ?? ''), 'a script that the policy forbids');
const styles = [...single.slice(0, single.indexOf('</head>')).matchAll(/<style>([\s\S]*?)<\/style>/g)];
assert.equal(styles.length, 1);
assert(allowed(styles[0]?.[1] ?? ''), 'a style that the policy forbids');
assert(policy.startsWith("default-src 'none'; ") && !/'self'|https?:|connect-src|'unsafe-(inline|eval)'/.test(policy), policy);
console.log(`The release is whole: ${names.length} files of the site, and the single file.`);
