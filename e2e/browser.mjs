import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The program that a variable names, or the first of these names on the PATH.
 * @param {string} variable
 * @param {string[]} names
 */
const installed = (variable, names) => {
  const named = process.env[variable];
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
};

/** The full Chromium; `undefined` is Playwright's own. */
const chromium = () =>
  installed('CHROMIUM', ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);

/** Nothing of the browser's own that goes to the network. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** WebGPU on a computer without a GPU: Chromium's emulation on the CPU. */
const emulatedWebGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/**
 * How the browser is started. Never the headless shell, which has no WebGPU.
 * @param {'cpu' | 'webgpu'} device
 */
export const launch = (device) => {
  const executablePath = chromium();
  return {
    channel: executablePath ? undefined : 'chromium',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: device === 'webgpu' ? [...quiet, ...emulatedWebGpu] : quiet,
    },
  };
};

/**
 * How Firefox is started: the one that people have, over WebDriver BiDi, where Playwright would take a patched one of its own.
 * Without a program Playwright looks where its installer puts it.
 *
 * One core: while WebDriver BiDi looked on, Firefox 153 now and then stopped a worker for ever that started two itself (3 of
 * 45 visits; none of 40 with one, none of 24 with two that were driven over Marionette). The page starts the workers now; whether two
 * are safe that way has not been counted.
 */
export const launchFirefox = () => {
  const executablePath = installed('FIREFOX', ['firefox', 'firefox-esr']);
  return {
    browserName: /** @type {const} */ ('firefox'),
    channel: 'moz-firefox',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      firefoxUserPrefs: { 'dom.maxHardwareConcurrency': 1 },
    },
  };
};
