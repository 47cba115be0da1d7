// What a first visit downloads: brotli 11 of each file of the site, against size-limits.json.
//
//   node size.mjs DIST CACHE

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressor } from './compress.mjs';
import { filesIn } from './files.mjs';

const [dist, cache] = process.argv.slice(2);
if (!dist || !cache) throw new Error('usage: node size.mjs DIST CACHE');
/** @type {{ notFetched: string[], later: string[], limits: { name: string, files: string, limit: number }[] }} */
const { notFetched, later, limits } = JSON.parse(
  readFileSync(new URL('size-limits.json', import.meta.url), 'utf8'),
);

const compress = compressor(cache);

/** Bytes after compression; a host sends a file as it is where compression does not help. @param {Buffer} bytes */
const compressedSize = async (bytes) => Math.min(bytes.length, (await compress(bytes, 'br')).length);

const measure = async (/** @type {string} */ name) => {
  const bytes = readFileSync(join(dist, name));
  return { name, raw: bytes.length, compressed: await compressedSize(bytes) };
};

/** @param {number} bytes */
const number = (bytes) => bytes.toLocaleString('en').padStart(12);

const names = filesIn(dist).filter((name) => !notFetched.includes(name));
const files = await Promise.all(names.map(measure));
files.sort((a, b) => b.compressed - a.compressed);

console.log('         raw    brotli 11');
for (const file of files) console.log(`${number(file.raw)} ${number(file.compressed)}  ${file.name}`);

console.log('\n      bytes         limit');
for (const { name, files: pattern, limit } of limits) {
  // What is fetched later has a limit of its own, by its name.
  const first = files.filter((file) => pattern !== '' || !later.includes(file.name));
  const counted = first.filter((file) => new RegExp(pattern).test(file.name));
  const size = counted.reduce((sum, file) => sum + file.compressed, 0);
  const verdict = counted.length === 0 ? 'NO SUCH FILE' : size > limit ? 'OVER THE LIMIT' : '';
  if (verdict) process.exitCode = 1;
  console.log(`${number(size)} ${number(limit)}  ${name} ${verdict}`);
}
