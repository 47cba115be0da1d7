// Makes the release out of the built site: a folder for any static host, what hosts are told, and the single file.
//
//   node release/make.mjs DIST RELEASE CACHE

import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compressor } from '../compress.mjs';
import { filesIn, TAKE_ALONG } from '../files.mjs';
import { readRules } from '../headers.mjs';
import { apache, caddy, nginx, plain } from './hosts.mjs';
import { SUMS, writeSums } from './sums.mjs';

/** Compressed files that save less than this share are not written. */
const WORTH = 0.95;

/** No browser reads these, or they are compressed in themselves; an operator changes others, and a copy would go on saying the old. */
const ALONE = ['headers.json', 'kiosk.json', 'packs.json', ...Object.values(TAKE_ALONG)];

const [dist, release, cache] = process.argv.slice(2);
if (!dist || !release || !cache) throw new Error('usage: node release/make.mjs DIST RELEASE CACHE');
const compress = compressor(cache);
const site = join(release, 'site');
const hosts = join(release, 'hosts');

/** @param {string} name */
const put = async (name) => {
  const bytes = readFileSync(join(dist, name));
  const to = join(site, name);
  mkdirSync(dirname(to), { recursive: true });
  cpSync(join(dist, name), to);
  if (ALONE.includes(name)) return;
  for (const coding of /** @type {const} */ (['br', 'gz'])) {
    const compressed = await compress(bytes, coding);
    if (compressed.length < WORTH * bytes.length) writeFileSync(`${to}.${coding}`, compressed);
  }
};

rmSync(site, { recursive: true, force: true });
rmSync(hosts, { recursive: true, force: true });
mkdirSync(hosts, { recursive: true });
await Promise.all(filesIn(dist).filter((name) => name !== '.stamp').map(put));

const rules = readRules(join(dist, 'headers.json'));
writeFileSync(join(site, '_headers'), plain(rules));
writeFileSync(join(site, '.htaccess'), apache(rules));
writeFileSync(join(hosts, 'nginx.conf'), nginx(rules));
writeFileSync(join(hosts, 'Caddyfile'), caddy(rules));
cpSync(join(dist, TAKE_ALONG.single), join(release, TAKE_ALONG.single));
writeSums(site, filesIn(site));
// The site has a list of its own, so that it can be checked where it is hosted.
const own = filesIn(release).filter((name) => name !== SUMS && (!name.startsWith('site/') || name === `site/${SUMS}`));
writeSums(release, own);

const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1).padStart(6);
const size = (/** @type {string} */ name) => statSync(join(release, name)).size;
for (const name of own.filter((one) => !one.includes('/') && one !== SUMS)) console.log(`${megabytes(size(name))} MB  ${name}`);
/** @param {(name: string) => boolean} counts */
const sizeOfSite = (counts) => filesIn(site).filter(counts).reduce((sum, name) => sum + size(`site/${name}`), 0);
console.log(`${megabytes(sizeOfSite((name) => !/\.(br|gz)$/.test(name)))} MB  site/ without its compressed files`);
console.log(`${megabytes(sizeOfSite(() => true))} MB  site/ in all`);
