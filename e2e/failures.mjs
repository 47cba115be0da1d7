import { rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/** The names of the tests that failed, in a file of their own: whoever sees only the last lines of a run sees them too. */
const FILE = new URL('failures.txt', import.meta.url);

export default class Failures {
  /** @type {string[]} */
  #lines = [];

  onBegin() {
    rmSync(FILE, { force: true });
  }

  /**
   * @param {import('@playwright/test/reporter').TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, result) {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    const place = `${basename(test.location.file)}:${test.location.line}`;
    this.#lines.push(`${place} ${test.title}: ${firstLines(result.errors)}`);
  }

  /** @param {import('@playwright/test/reporter').TestError} error */
  onError(error) {
    this.#lines.push(firstLines([error]));
  }

  onEnd() {
    if (this.#lines.length > 0) writeFileSync(FILE, `${this.#lines.join('\n')}\n`);
  }

  printsToStdio() {
    return false;
  }
}

/**
 * What went wrong, without the colors that a terminal would show.
 * @param {import('@playwright/test/reporter').TestError[]} errors
 */
function firstLines(errors) {
  const text = errors.map((error) => error.message ?? error.value ?? 'no message').join(' | ');
  return text.replace(/\u001b\[[0-9;]*m/g, '').replace(/\s+/g, ' ').slice(0, 400);
}
