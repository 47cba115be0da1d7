// What browsers cannot load as npm has it, in one file each.

import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** @param {string} contents @param {'esm' | 'iife'} format */
const bundle = (contents, format) => {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL('./', import.meta.url)) },
    bundle: true,
    minify: true,
    format,
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
};

export const liteRt = () => bundle("export * from '@litertjs/core';", 'esm');

/** TensorFlow.js has them in none of its bundles. They find its engine, which is one for the whole worker. */
export const tensorFlowGradients = () => bundle("import '@tensorflow/tfjs-core/dist/register_all_gradients.js';", 'iife');
