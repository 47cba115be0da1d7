import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The full Chromium: of CHROMIUM, or on the PATH; `undefined` is Playwright's own. */
const installed = () => {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
};

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
  const executablePath = installed();
  return {
    channel: executablePath ? undefined : 'chromium',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: device === 'webgpu' ? [...quiet, ...emulatedWebGpu] : quiet,
    },
  };
};
