// Compresses as a host would. Brotli takes a minute for the engine, so what it made is kept by the hash of the content.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const DAYS_KEPT = 14;

/** @typedef {'br' | 'gz'} Coding */

/** @type {Record<Coding, (bytes: Buffer) => Promise<Buffer>>} */
const compressors = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes) => promisify(gzip)(bytes, { level: 9 }),
};

/** @param {string} cache a folder @returns {(bytes: Buffer, coding: Coding) => Promise<Buffer>} */
export const compressor = (cache) => {
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) {
    const old = Date.now() - statSync(join(cache, name)).mtimeMs > DAYS_KEPT * 86_400_000;
    if (old) rmSync(join(cache, name));
  }
  return async (bytes, coding) => {
    const key = join(cache, `${createHash('sha256').update(bytes).digest('hex')}.${coding}`);
    if (existsSync(key)) {
      utimesSync(key, new Date(), new Date());
      return readFileSync(key);
    }
    const made = await compressors[coding](bytes);
    writeFileSync(`${key}.tmp`, made);
    renameSync(`${key}.tmp`, key);
    return made;
  };
};
