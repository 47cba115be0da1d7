// The files of a folder.

import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Paths of all files in a folder and its folders, `/` between them, in order. @param {string} folder */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
