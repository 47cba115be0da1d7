// The files of a folder, and those of the site that are only passed on.

import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** In the site to be saved by a facilitator: no page fetches them, and neither is a part of the other. */
export const TAKE_ALONG = { single: 'firstread.html', site: 'firstread-site.zip' };

/** Paths of all files in a folder and its folders, `/` between them, in order. @param {string} folder */
export const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
