// Runs in the page: all take turns on one image each, on one thread.

import start, { BackboneBench } from './engine/bench.js';
import { mobileNetV2 } from './mobilenet.js';

const WARM_UP = 3;
const ROUNDS = 20;
const FEATURES = 7 * 7 * 1280;

const engine = async () => {
  await start();
  const weights = await (await fetch('./weights')).arrayBuffer();
  const bench = new BackboneBench(new Uint8Array(weights));
  return () => bench.forward();
};

const startTensorFlow = async () => {
  const tf = globalThis.tf;
  tf.wasm.setWasmPaths('./tfjs-wasm/');
  tf.wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('TensorFlow.js without SIMD');
  return tf;
};

const tensorFlow = (tf, fused) => {
  const network = mobileNetV2(tf, fused);
  const image = tf.randomUniform([1, 224, 224, 3], -1, 1);
  return async () => {
    const features = network(image);
    const { length } = await features.data();
    features.dispose();
    return length;
  };
};

const milliseconds = async (forward) => {
  const begin = performance.now();
  const read = await forward();
  if (read !== FEATURES) throw new Error(`${read} features instead of ${FEATURES}`);
  return performance.now() - begin;
};

/** Milliseconds an image of each round: `{ engine, layers, fused }`, the last two of TensorFlow.js. */
globalThis.measureBackbone = async () => {
  const tf = await startTensorFlow();
  const forward = {
    engine: await engine(),
    layers: tensorFlow(tf, false),
    fused: tensorFlow(tf, true),
  };
  const times = { engine: [], layers: [], fused: [] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const name of Object.keys(forward)) {
      const time = await milliseconds(forward[name]);
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
};
