// Our own engine on WebGPU, each piece of work by its name.

import startEngine, { GraphicsProcessorBench, sizes } from '../engine/gpu-bench.js';
import { fetchWeights } from './recipes.js';

export const start = async ({ recipe, side }) => {
  await startEngine({ module_or_path: new URL('../engine/gpu-bench_bg.wasm', import.meta.url) });
  const weights = await fetchWeights();
  const bench = await GraphicsProcessorBench.open(weights, side);
  return {
    sizes: () => {
      const [training, validation, batch, classes, , unfrozen] = sizes(weights, side);
      return { training, validation, batch, classes, side, unfrozen };
    },
    once: () => bench.once(recipe),
    differences: () => bench.differences(),
  };
};
