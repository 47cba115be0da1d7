// The backbone of the engine, which learns where ours of the feature workers only infers.

import startEngine, { BackboneBench } from '../engine/bench.js';
import { images } from './images.js';

export const start = async ({ different }) => {
  const inputs = images(different);
  await startEngine({ module_or_path: new URL('../engine/bench_bg.wasm', import.meta.url) });
  const weights = await (await fetch('../weights')).arrayBuffer();
  const bench = new BackboneBench(new Uint8Array(weights));
  return { features: (place) => bench.features(inputs[place % inputs.length]) };
};
