// The response headers of the site, from its headers.json: rules in order, each of a path, which may end in `*`. A later match
// overrides an earlier one.

import { readFileSync } from 'node:fs';

/** @typedef {{ path: string, headers: Record<string, string> }} Rule */

/** @param {string | URL} file @returns {Rule[]} */
export const readRules = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The headers of one address: `path` begins with a slash. @param {Rule[]} rules @param {string} path */
export const headersFor = (rules, path) =>
  new Map(rules.filter((rule) => matches(rule.path, path)).flatMap(({ headers }) => Object.entries(headers)));

/** @param {string} rule @param {string} path */
const matches = (rule, path) =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
