// Our own program for this computer, `model/benchmark`: a line asks, a line answers.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @param {string} program @param {string} weights */
export const startNative = (program, weights) => {
  const child = spawn(program, [weights], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** Milliseconds. @param {string} name */
    once: async (name) => {
      child.stdin.write(`${name}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('the native program stopped');
      return Number(value);
    },
    end: () => child.stdin.end(),
  };
};

/** @typedef {ReturnType<typeof startNative>} Native */
