import base from '../playwright.config.ts';

/**
 * What takes minutes and tells how long something took, as a browser test: nothing here is part of the test command.
 *
 *   node node_modules/@playwright/test/cli.js test --config bench/playwright.config.ts
 */
export default { ...base, testDir: '.', testMatch: '*.bench.ts', outputDir: '../results', projects: base.projects?.slice(0, 1) };
