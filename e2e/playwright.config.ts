import { defineConfig } from '@playwright/test';
import { launch, launchFirefox } from './browser.mjs';

// Under a sub-path, as on any static host.
const port = process.env.PORT ?? '8129';
const url = `http://127.0.0.1:${port}/a/b/`;

export default defineConfig({
  testDir: 'specs',
  outputDir: 'results',
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  // Long enough for a computer that has other things to do: running out of it means that something never comes.
  timeout: 1_200_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], ['./failures.mjs']],
  use: {
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    // Each test begins as a first visit, which would store the site once more: 33 MB that only the tests of that need.
    serviceWorkers: 'block',
  },
  projects: [
    // Everything but what needs an adapter, in a browser that has none.
    { name: 'cpu', testIgnore: '**/*.webgpu.spec.ts', use: launch('cpu') },
    { name: 'webgpu', testMatch: '**/*.webgpu.spec.ts', use: launch('webgpu') },
    // The main job, own films and the single file once more.
    { name: 'firefox', testIgnore: '**/*.webgpu.spec.ts', grep: /@firefox/, use: launchFirefox() },
  ],
  webServer: { command: `node serve.mjs --port ${port} --base /a/b/ --exact`, url },
});
