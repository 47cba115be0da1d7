import base from './playwright.config.ts';

/** What takes minutes and tells how long something took, driven as the browser tests are: no part of the test command. */
export default {
  ...base,
  testDir: 'bench',
  testMatch: '*.bench.ts',
  reporter: 'list',
  projects: base.projects?.slice(0, 1),
};
