// Our own training, the recipe of `model/benchmark` on the arithmetic of the engine.

import startEngine, { TrainingBench } from '../engine/bench.js';

export const start = async ({ recipe }) => {
  await startEngine({ module_or_path: new URL('../engine/bench_bg.wasm', import.meta.url) });
  const weights = await (await fetch('../weights')).arrayBuffer();
  const bench = new TrainingBench(recipe, new Uint8Array(weights));
  const [training, validation, batch, classes, side, unfrozen] = bench.sizes();
  return {
    sizes: () => ({ training, validation, batch, classes, side, unfrozen }),
    once: () => bench.once(),
  };
};
