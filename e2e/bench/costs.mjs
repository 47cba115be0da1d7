// What each costs beside time: memory, and bytes on the way to the first image.

import { compressor } from '../compress.mjs';
import { memoryOf } from './memory.mjs';
import { ask } from './turns.mjs';

/** @import { Browser, Page } from '@playwright/test' */
/** @import { Contender } from './turns.mjs' */

const WEIGHTS = /^\/(weights|models\/.*)$/;
/** What belongs to the measurement. */
const OURS_TO_MEASURE = /^\/(page|network)\//;

/**
 * Each in a page of its own, after one round.
 * @param {Browser} browser @param {() => Promise<Page>} open a page @param {() => Map<string, Uint8Array>} takeSent @param {Contender[]} contenders
 */
export const costs = async (browser, open, takeSent, contenders) => {
  const found = [];
  for (const { name, options } of contenders) {
    if (!options) continue;
    const page = await open();
    takeSent();
    const empty = await memoryOf(browser);
    try {
      await ask(page, 'start', name, { ...options, different: 1 });
      await ask(page, 'once', name);
      const full = await memoryOf(browser);
      found.push({ name, memory: full === undefined || empty === undefined ? undefined : full - empty, sent: takeSent() });
    } catch {
      // Why it cannot stands in the tables of times.
    } finally {
      await page.close();
    }
  }
  return found;
};

/**
 * Bytes after compression, as a host would send them.
 * @param {Map<string, Uint8Array>} sent @param {string} cache
 */
export const downloaded = async (sent, cache) => {
  const compress = compressor(cache);
  const bytes = { program: 0, weights: 0 };
  for (const [address, content] of sent) {
    if (OURS_TO_MEASURE.test(address)) continue;
    const compressed = await compress(Buffer.from(content), 'br');
    bytes[WEIGHTS.test(address) ? 'weights' : 'program'] += Math.min(content.length, compressed.length);
  }
  return bytes;
};
