// The results as Markdown.

import { quartiles } from './quartiles.mjs';

/**
 * `times` in milliseconds, none for one that `cannot`; `note` is of what it did with its settings.
 * @typedef {{ name: string, times: number[], cannot?: string, note?: string | undefined }} Row
 */

/** The first row is what the others are compared with. @typedef {{ title: string, note: string, rows: Row[] }} Table */

const number = (/** @type {number | undefined} */ time = NaN) => time.toFixed(time < 100 ? 1 : 0);

/** @param {Row} row */
export const label = ({ name, note }) => (note ? `${name} (${note})` : name);

/** @param {Table} table */
export const timeTable = ({ title, note, rows }) => {
  const anchor = quartiles(rows[0]?.times ?? [])[1] ?? NaN;
  const lines = rows.map((row) => {
    const { times, cannot } = row;
    const name = label(row);
    if (cannot) return `| ${name} | cannot: ${cannot} | | | |`;
    const [low, median, high] = quartiles(times);
    const factor = ((median ?? NaN) / anchor).toFixed(2);
    return `| ${name} | ${number(median)} | ${number(low)} to ${number(high)} | ${times.length} | ${factor} |`;
  });
  return `### ${title}\n\n${note}\n\n| | median, ms | quartiles | rounds | times as long as the first |\n|---|--:|--:|--:|--:|\n${lines.join('\n')}\n`;
};

/** @param {string} title @param {string} note @param {string[]} columns @param {(string | number)[][]} rows */
export const plainTable = (title, note, columns, rows) => {
  const line = (/** @type {(string | number)[]} */ cells) => `| ${cells.join(' | ')} |`;
  return `### ${title}\n\n${note}\n\n${line(columns)}\n|---${'|--:'.repeat(columns.length - 1)}|\n${rows.map(line).join('\n')}\n`;
};
