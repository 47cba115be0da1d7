// Puts into the finished site what a facilitator passes on: Firstread as one file, and the site itself as a zip for
// whoever looks after a web server, with what hosts are told.
//
//   node release/take-along.mjs DIST GUIDE

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zipSync } from 'fflate';
import { filesIn, TAKE_ALONG } from '../files.mjs';
import { readRules } from '../headers.mjs';
import { apache, caddy, nginx, plain } from './hosts.mjs';
import { makeSingle } from './single.mjs';

const [dist, guide] = process.argv.slice(2);
if (!dist || !guide) throw new Error('usage: node release/take-along.mjs DIST GUIDE');

writeFileSync(join(dist, TAKE_ALONG.single), makeSingle(dist));

const names = filesIn(dist).filter((name) => !name.startsWith('.') && !Object.values(TAKE_ALONG).includes(name));
/** @type {[string, Uint8Array][]} */
const files = names.map((name) => [`firstread/${name}`, readFileSync(join(dist, name))]);
const rules = readRules(join(dist, 'headers.json'));
const told = {
  'firstread/_headers': plain(rules),
  'firstread/.htaccess': apache(rules),
  'hosts/nginx.conf': nginx(rules),
  'hosts/Caddyfile': caddy(rules),
  [basename(guide)]: readFileSync(guide, 'utf8'),
};
for (const [name, text] of Object.entries(told)) files.push([name, Buffer.from(text)]);
// The same site makes the same zip, wherever: a zip has the local time.
writeFileSync(join(dist, TAKE_ALONG.site), zipSync(Object.fromEntries(files), { level: 6, mtime: new Date(2026, 0, 1) }));
