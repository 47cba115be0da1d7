// Whether all compute the same: a library that computes something else is no peer.

import { REFERENCE } from './contenders.mjs';
import { ask } from './turns.mjs';

/** @import { Page } from '@playwright/test' */
/** @import { Row } from './tables.mjs' */

const IMAGES = 4;
const LEAST_COSINE = 0.9999;

/** @param {number[]} a @param {number[]} b */
const dot = (a, b) => a.reduce((sum, value, place) => sum + value * (b[place] ?? NaN), 0);

/** The features of each row that is in the page beside ours. @param {Page} page @param {Row[]} rows */
export const agreement = async (page, rows) => {
  const features = async (/** @type {string} */ name) => {
    /** @type {number[]} */
    const all = [];
    for (let image = 0; image < IMAGES; image += 1) {
      all.push(.../** @type {number[]} */ (await ask(page, 'features', name, image)));
    }
    return all;
  };
  const ours = await features(REFERENCE);
  const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const compared = [];
  for (const { name } of rows) {
    const theirs = await features(name);
    const cosine = dot(ours, theirs) / Math.sqrt(dot(ours, ours) * dot(theirs, theirs));
    const difference = ours.reduce((most, value, place) => Math.max(most, Math.abs(value - (theirs[place] ?? NaN))), 0);
    compared.push({ name, cosine, difference, largest, same: theirs.length === ours.length && cosine >= LEAST_COSINE });
  }
  return compared;
};
