import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../dist/', import.meta.url));
const script = fileURLToPath(new URL('service-worker.mjs', import.meta.url));

/** A file that an update changes, and what it then ends with. */
export const CHANGED = 'styles/offline.css';
export const MARK = '/* the next version */';

/** The built site, in a folder of the test's own. */
export const copyOfSite = (folder: string) => cpSync(built, folder, { recursive: true });

/** Puts the next version of the site into a folder that is being served: all files, as a host would. */
export const publishNext = (folder: string) => {
  appendFileSync(join(folder, CHANGED), `\n${MARK}\n`);
  execFileSync(process.execPath, [script, folder]);
};

/** The next version, of which one file is damaged on its way to the host. */
export const publishDamaged = (folder: string) => {
  publishNext(folder);
  appendFileSync(join(folder, CHANGED), '/* cut o');
};

/** What the page of a site says that it is. */
export const versionOf = (folder: string): string => {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const [, version] = page.match(/<meta name="version" content="([^"]+)">/) ?? [];
  if (!version) throw new Error(`${folder}: no version in index.html: was service-worker.mjs run?`);
  return version;
};
