// Whether the computer was quiet enough for its times to be believed.

import { cpus, loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { quartiles } from './quartiles.mjs';

/** @import { Table } from './tables.mjs' */

const LOOK_MS = 3000;
/** Share of all processors that others may have, while we do nothing. */
const BUSY_LIMIT = 0.05;
/** Distance of the quartiles as a share of the median, in the half of the rows that spread less. */
const SPREAD_LIMIT = 0.1;

const processorTimes = () => {
  const times = cpus().map(({ times }) => times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { all, idle: times.reduce((sum, { idle }) => sum + idle, 0) };
};

/** What others do while we wait: `busy` is a share of all processors. */
export const look = async () => {
  const before = processorTimes();
  await wait(LOOK_MS);
  const after = processorTimes();
  const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
  return { busy, load: loadavg() };
};

/** @typedef {Awaited<ReturnType<typeof look>>} Look */

/** Distance of the quartiles as a share of the median. @param {number[]} times */
const spread = (times) => {
  const [low, median, high] = quartiles(times);
  return ((high ?? NaN) - (low ?? NaN)) / (median ?? NaN);
};

/** @param {Look} before @param {Look} after @param {Table[]} tables @param {boolean} short */
export const judge = (before, after, tables, short) => {
  const spreads = tables.flatMap(({ rows }) => rows.flatMap(({ times }) => (times.length > 1 ? [spread(times)] : [])));
  const [, median] = quartiles(spreads);
  const reasons = [
    ...(short ? ['too few rounds'] : []),
    ...(before.busy > BUSY_LIMIT ? ['others had the processors before'] : []),
    ...(after.busy > BUSY_LIMIT ? ['others had them afterwards'] : []),
    ...(median !== undefined && median <= SPREAD_LIMIT ? [] : ['the times spread']),
  ];
  return { quiet: reasons.length === 0, reasons, spread: median, before, after };
};

/** @typedef {ReturnType<typeof judge>} Judgement */

const percent = (/** @type {number | undefined} */ share) => `${(100 * (share ?? NaN)).toFixed(1)}%`;

/** A paragraph. @param {Judgement} judgement */
export const told = ({ quiet, reasons, spread, before, after }) =>
  [
    quiet ? '**Quiet enough to be believed.**' : `**Not to be believed: ${reasons.join(', ')}.**`,
    `Others had ${percent(before.busy)} of the processors before and ${percent(after.busy)} afterwards (limit ${percent(BUSY_LIMIT)});`,
    `load average of a minute ${before.load[0]?.toFixed(2)} before, ${after.load[0]?.toFixed(2)} afterwards, this run included;`,
    `half of the rows have quartiles within ${percent(spread)} of their median (limit ${percent(SPREAD_LIMIT)}).`,
  ].join(' ');
