// What a first visit downloads: brotli 11 of each file of the site, against size-limits.json.
//
//   node size.mjs DIST CACHE
//
// Compressing the engine takes a minute, so sizes are kept in CACHE by the hash of the content.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const [dist, cache] = process.argv.slice(2);
if (!dist || !cache) throw new Error('usage: node size.mjs DIST CACHE');
/** @type {{ notFetched: string[], limits: { name: string, files: string, limit: number }[] }} */
const { notFetched, limits } = JSON.parse(
  readFileSync(new URL('size-limits.json', import.meta.url), 'utf8'),
);

/** Bytes after compression; a host sends a file as it is where compression does not help. @param {Buffer} bytes */
const compressedSize = async (bytes) => {
  const key = join(cache, createHash('sha256').update(bytes).digest('hex'));
  if (existsSync(key)) return Number(readFileSync(key, 'utf8'));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const size = Math.min(bytes.length, (await promisify(brotliCompress)(bytes, { params })).length);
  writeFileSync(key, String(size));
  return size;
};

const measure = async (/** @type {string} */ name) => {
  const bytes = readFileSync(join(dist, name));
  return { name, raw: bytes.length, compressed: await compressedSize(bytes) };
};

/** @param {number} bytes */
const number = (bytes) => bytes.toLocaleString('en').padStart(12);

mkdirSync(cache, { recursive: true });
const names = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .filter((name) => !notFetched.includes(name));
const files = await Promise.all(names.map(measure));
files.sort((a, b) => b.compressed - a.compressed);

console.log('         raw    brotli 11');
for (const file of files) console.log(`${number(file.raw)} ${number(file.compressed)}  ${file.name}`);

console.log('\n      bytes         limit');
for (const { name, files: pattern, limit } of limits) {
  const counted = files.filter((file) => new RegExp(pattern).test(file.name));
  const size = counted.reduce((sum, file) => sum + file.compressed, 0);
  const verdict = counted.length === 0 ? 'NO SUCH FILE' : size > limit ? 'OVER THE LIMIT' : '';
  if (verdict) process.exitCode = 1;
  console.log(`${number(size)} ${number(limit)}  ${name} ${verdict}`);
}
