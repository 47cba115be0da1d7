// ONNX Runtime Web on WebAssembly, all optimisations of the graph on, which is its default.

import { SIDE } from '../network/mobilenet.mjs';
import { batches, channelsFirst } from './colours.js';
import { images } from './images.js';

export const start = async ({ threads, batch, different }) => {
  const ort = await import('../onnx-runtime/ort.wasm.min.mjs');
  ort.env.wasm.wasmPaths = new URL('../onnx-runtime/', location.href).href;
  ort.env.wasm.numThreads = threads;
  const model = new Uint8Array(await (await fetch('../models/backbone.onnx')).arrayBuffer());
  const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const inputs = batches(images(different), batch, channelsFirst).map((input) => new ort.Tensor('float32', input, [batch, 3, SIDE, SIDE]));
  return {
    features: async (place) => {
      const outputs = await session.run({ images: inputs[Math.floor(place / batch) % inputs.length] });
      return Float32Array.from(await outputs.features.getData());
    },
  };
};
