// Our own program for this computer, `model/benchmark`: a line asks, a line answers.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @param {string} program @param {string} weights @param {string[]} options */
export const startNative = (program, weights, options = []) => {
  const child = spawn(program, [weights, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  /** @param {string} line @returns {Promise<string>} */
  const ask = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('the native program stopped');
    return value;
  };
  return {
    ask,
    /** Milliseconds. @param {string} name */
    once: async (name) => Number(await ask(name)),
    end: () => child.stdin.end(),
  };
};

/** @typedef {ReturnType<typeof startNative>} Native */
