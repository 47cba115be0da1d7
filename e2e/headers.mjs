// Reads the response headers from public/_headers, in the format that static hosts share: a path,
// which may end in `*`, then its headers, indented. A later match overrides an earlier one.

/** @typedef {{ path: string, headers: [string, string][] }} Rule */

/** @param {string} text @returns {Rule[]} */
export const parseHeaders = (text) => {
  /** @type {Rule[]} */
  const rules = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      rules.push({ path: line.trim(), headers: [] });
      continue;
    }
    const colon = line.indexOf(':');
    const rule = rules.at(-1);
    if (colon < 0 || !rule) throw new Error(`_headers: not a header of a path: ${line}`);
    rule.headers.push([line.slice(0, colon).trim(), line.slice(colon + 1).trim()]);
  }
  return rules;
};

/** The headers of one address: `path` begins with a slash. @param {Rule[]} rules @param {string} path */
export const headersFor = (rules, path) =>
  new Map(rules.filter((rule) => matches(rule.path, path)).flatMap((rule) => rule.headers));

/** @param {string} rule @param {string} path */
const matches = (rule, path) =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
