// SHA256SUMS in the format of `sha256sum`, so that `sha256sum -c SHA256SUMS` checks a copy.

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SUMS = 'SHA256SUMS';

/** @param {string} file */
const sum = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** @param {string} folder @param {string[]} names paths in it */
export const writeSums = (folder, names) =>
  writeFileSync(join(folder, SUMS), names.map((name) => `${sum(join(folder, name))}  ${name}\n`).join(''));

/** The files that are not as the list says; an error if there is no list. @param {string} folder */
export const checkSums = (folder) => {
  const lines = readFileSync(join(folder, SUMS), 'utf8').trimEnd().split('\n');
  const listed = lines.map((line) => ({ sum: line.slice(0, 64), name: line.slice(66) }));
  const wrong = listed.filter((file) => sum(join(folder, file.name)) !== file.sum).map(({ name }) => name);
  return { names: listed.map(({ name }) => name), wrong };
};
