// Memory of the whole browser, as Linux tells it: what a page could tell of itself leaves out the memories of WebAssembly.

import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** @import { Browser } from '@playwright/test' */

/** Until what has just been loaded or left has settled. */
const SETTLE_MS = 1500;

/** Bytes, with what several processes share divided among them; none where the system does not tell. @param {Browser} browser */
export const memoryOf = async (browser) => {
  await wait(SETTLE_MS);
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  try {
    return processInfo.reduce((sum, { id }) => sum + proportional(id), 0);
  } catch {
    return undefined;
  }
};

/** @param {number} process */
const proportional = (process) => {
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${process}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
};
