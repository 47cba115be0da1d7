// Contenders in one page, a round at a time each, so that whatever else the computer does strikes all of them.

/** @import { Page } from '@playwright/test' */
/** @import { Native } from './native.mjs' */
/** @import { Row } from './tables.mjs' */

/** What one contender may take of a table. */
const LONGEST_MS = 120_000;

/**
 * `options` are what `page/contenders.js` starts it with; `native` names a line of the native program instead.
 * @typedef {{ name: string, options?: Record<string, unknown>, native?: string }} Contender
 */

/**
 * Calls a function of `page/contenders.js`.
 * @template T
 * @param {Page} page @param {string} call @param {...unknown} values @returns {Promise<T>}
 */
export const ask = (page, call, ...values) =>
  page.evaluate(([call, values]) => Reflect.get(globalThis, 'contenders')[call](...values), /** @type {const} */ ([call, values]));

/** The first line of what went wrong, without where. @param {unknown} error */
const reason = (error) =>
  String(error instanceof Error ? error.message : error)
    .replace(/^page\.evaluate: (Error: )?/, '')
    .split('\n')[0] ?? '';

/**
 * Starts them all, lets each do it `warmUp` times unmeasured and `rounds` times measured; who has taken `LONGEST_MS` in all stops
 * after one that is measured. Who cannot start or fails says why. They stay, to be asked more, until the page is closed.
 * @param {Page} page @param {Native | undefined} native @param {Contender[]} contenders @param {{ warmUp: number, rounds: number }} times
 * @returns {Promise<Row[]>}
 */
export const takeTurns = async (page, native, contenders, { warmUp, rounds }) => {
  /** @type {Map<Contender, Row>} */
  const rows = new Map(contenders.map((contender) => [contender, { name: contender.name, times: [] }]));
  /** Milliseconds. @type {Map<Contender, number>} */
  const took = new Map();
  /** @param {(contender: Contender, row: Row) => Promise<unknown>} act */
  const each = async (act) => {
    for (const [contender, row] of rows) {
      if (row.cannot) continue;
      await act(contender, row).catch((error) => (row.cannot = reason(error)));
    }
  };
  await each(async ({ name, options }, row) => {
    if (options) row.note = (await ask(page, 'start', name, options)) ?? undefined;
  });
  for (let round = -warmUp; round < rounds; round += 1) {
    await each(async (contender, { times }) => {
      const taken = took.get(contender) ?? 0;
      if (taken > LONGEST_MS && (round < 0 || times.length > 0)) return;
      const time = Number(contender.native ? await native?.once(contender.native) : await ask(page, 'once', contender.name));
      took.set(contender, taken + time);
      if (round >= 0) times.push(time);
    });
  }
  return [...rows.values()];
};
