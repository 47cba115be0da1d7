// From the address to a tested network: a first visit, cold, as fast as somebody could click. Several sites take turns.
//
//   node bench/opening.mjs [--visits N] [--json FILE] DIST...

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launch } from '../browser.mjs';
import { quartiles } from './quartiles.mjs';
import { plainTable } from './tables.mjs';

const FIRST_PORT = 8431;

/** What is trained, by the link. */
const RECIPES = [
  { name: 'frozen stage', link: '?device=cpu&lang=en&tuning=off' },
  { name: 'both stages', link: '?device=cpu&lang=en' },
];
const MILESTONES = ['films', 'trained', 'tested'];
const LONGEST = ['longest task until trained begins', 'longest task afterwards'];

/** Runs in the page: presses what a visitor would press, as soon as it is there. */
const visit = async () => {
  const longest = { opening: 0, training: 0 };
  /** @type {'opening' | 'training'} */
  let phase = 'opening';
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest[phase] = Math.max(longest[phase], duration);
  }).observe({ type: 'longtask', buffered: true });
  /** @template T @param {() => T | null | undefined | false} found */
  const until = async (found) => {
    for (;;) {
      const element = found();
      if (element) return element;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  /** @returns {HTMLButtonElement | null} */
  const at = (/** @type {string} */ place) =>
    document.querySelector(place.split(' ').map((id) => `[data-testid="${id}"]`).join(' '));
  const enabled = (/** @type {string} */ place) => {
    const button = at(place);
    return button?.getAttribute('aria-disabled') !== 'true' && !button?.disabled && button;
  };
  const press = async (/** @type {string} */ place) => (await until(() => enabled(place))).click();
  const films = await until(() => at('nav-look')?.textContent?.includes('192') && at('nav-look')).then(() => performance.now());
  await press('nav-train');
  await press('station-train primary');
  phase = 'training';
  await until(() => at('run-result'));
  const trained = performance.now();
  await press('nav-test');
  await press('station-test primary');
  await until(() => at('score'));
  return { films, trained, tested: performance.now(), ...longest };
};

/** @param {string} dist @param {number} port */
const serve = async (dist, port) => {
  const script = fileURLToPath(new URL('../serve.mjs', import.meta.url));
  const server = spawn(process.execPath, [script, '--port', String(port), '--exact', '--dist', dist], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(server.stdout, 'data');
  return server;
};

/** Times of each visit by site and recipe. @typedef {Map<string, Record<string, number>[]>} Visits */

/** @param {string[]} sites folders @param {number} turns @returns {Promise<Visits>} */
export const measureOpening = async (sites, turns) => {
  const servers = await Promise.all(sites.map((dist, place) => serve(dist, FIRST_PORT + place)));
  const { channel, launchOptions } = launch('cpu');
  /** @type {Visits} */
  const visits = new Map();
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      for (const { name, link } of RECIPES) {
        for (const [place, dist] of sites.entries()) {
          const browser = await chromium.launch({ ...launchOptions, ...(channel ? { channel } : {}) });
          const page = await browser.newPage({ serviceWorkers: 'block', viewport: { width: 1280, height: 800 } });
          page.on('pageerror', (error) => console.error(error));
          await page.goto(`http://127.0.0.1:${FIRST_PORT + place}/${link}`, { waitUntil: 'commit' });
          const key = sites.length > 1 ? `${dist}, ${name}` : name;
          visits.set(key, [...(visits.get(key) ?? []), await page.evaluate(visit)]);
          await browser.close();
        }
      }
    }
  } finally {
    for (const server of servers) server.kill();
  }
  return visits;
};

/** @param {Visits} visits @param {number} turns */
export const openingTable = (visits, turns) =>
  plainTable(
    'From opening to tested',
    `A first visit on a local server, ${turns} by turns: milliseconds since the address was given, median (quartiles).`,
    ['', ...MILESTONES, ...LONGEST],
    [...visits].map(([name, times]) => [
      name,
      ...[...MILESTONES, 'opening', 'training'].map((milestone) => {
        const [low, median, high] = quartiles(times.map((time) => time[milestone] ?? NaN)).map((time) => Math.round(time));
        return `${median} (${low} to ${high})`;
      }),
    ]),
  );

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values: options, positionals: sites } = parseArgs({
    allowPositionals: true,
    options: { visits: { type: 'string', default: '5' }, json: { type: 'string' } },
  });
  if (sites.length === 0) throw new Error('usage: node bench/opening.mjs [--visits N] [--json FILE] DIST...');
  const turns = Number(options.visits);
  const visits = await measureOpening(sites, turns);
  console.log(`\n${openingTable(visits, turns)}`);
  if (options.json) writeFileSync(options.json, JSON.stringify(Object.fromEntries(visits), null, 2));
}
