import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeSingle } from '../release/single.mjs';

const folder = new URL('../results/single file/', import.meta.url);

/** The single file of the site in dist/, under a path that must be escaped in an address. */
export const singleFile = new URL('firstread.html', folder).href;

/** Writes it; takes a second or two. */
export const writeSingleFile = () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileURLToPath(singleFile), makeSingle(fileURLToPath(new URL('../../dist/', import.meta.url))));
};
