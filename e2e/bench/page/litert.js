// LiteRT.js on the CPU, by XNNPACK.

import { SIDE } from '../network/mobilenet.mjs';
import { batches, channelsLast } from './colours.js';
import { images } from './images.js';

export const start = async ({ threads, different }) => {
  const { Tensor, loadAndCompile, loadLiteRt } = await import('../litert.js');
  const folder = new URL('../litert/', location.href).href;
  const script = `${folder}litert_wasm${threads > 1 ? '_threaded' : ''}_internal.js`;
  // Else it looks for its files beside the worker's own script, and starts its threads from that.
  globalThis.Module = { locateFile: (file) => folder + file, mainScriptUrlOrBlob: script };
  await loadLiteRt(folder, { threads: threads > 1 });
  const model = new Uint8Array(await (await fetch('../models/backbone.tflite')).arrayBuffer());
  const compiled = await loadAndCompile(model, { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
  const inputs = batches(images(different), 1, channelsLast).map((input) => new Tensor(input, [1, SIDE, SIDE, 3]));
  return {
    features: async (place) => {
      const [output] = await compiled.run(inputs[place % inputs.length]);
      const features = Float32Array.from(await output.data());
      output.delete();
      return features;
    },
  };
};
