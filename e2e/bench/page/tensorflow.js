// TensorFlow.js: the network in its fused form, batch normalisation folded, which is its fastest.

import { FEATURES, SIDE, channelsLast as weightsChannelsLast, stages } from '../network/mobilenet.mjs';
import { batches, channelsLast } from './colours.js';
import { images } from './images.js';
import { fetchWeights } from './recipes.js';

/** The library on one of its backends. @param {'wasm' | 'cpu' | 'webgpu'} backend */
export const startTensorFlow = async (backend, threads = 1) => {
  importScripts('../tensorflow/tf-core.min.js', `../tensorflow/tf-backend-${backend}.min.js`);
  const tf = globalThis.tf;
  if (backend === 'wasm') {
    tf.wasm.setWasmPaths(new URL('../tensorflow/', location.href).href);
    tf.wasm.setThreadsCount(threads);
  }
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js does not start on ${backend}`);
  if (backend === 'wasm') {
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('TensorFlow.js without SIMD');
  }
  return tf;
};

/** A layer's numbers as tensors: `[filter, bias]`. */
export const parameters = (tf, layer) => {
  const { size, from, to, depthwise, bias } = layer;
  const shape = depthwise ? [size, size, to, 1] : [size, size, from, to];
  return [tf.tensor(weightsChannelsLast(layer), shape), tf.tensor1d(bias)];
};

/** A padding of one pixel on all sides; what is left over at the end of an even side is not looked at. */
export const padding = ({ size }) => ({ pad: (size - 1) / 2, dimRoundingMode: 'floor' });

const fused = (tf, layer) => {
  const { depthwise, stride: strides, relu6 } = layer;
  const [filter, bias] = parameters(tf, layer);
  const convolve = depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  const activation = relu6 ? 'relu6' : 'linear';
  return (x) => convolve({ x, filter, bias, strides, activation, ...padding(layer) });
};

const network = (tf, file) => {
  const steps = stages(file).map(({ layers, residual }) => {
    const convolutions = layers.map((layer) => fused(tf, layer));
    return (x) => {
      const y = convolutions.reduce((value, next) => next(value), x);
      return residual ? tf.add(x, y) : y;
    };
  });
  return (x) => tf.tidy(() => tf.mean(steps.reduce((value, next) => next(value), x), [1, 2]));
};

export const start = async ({ backend = 'wasm', threads, batch, different }) => {
  const tf = await startTensorFlow(backend, threads);
  const forward = network(tf, await fetchWeights());
  const took = backend === 'wasm' ? tf.wasm.getThreadsCount() : threads;
  const inputs = batches(images(different), batch, channelsLast).map((input) => tf.tensor(input, [batch, SIDE, SIDE, 3]));
  return {
    // It may take fewer than it is asked for, and does so on two cores.
    note: took === threads ? undefined : `took ${took === 1 ? 'one thread' : `${took} threads`}`,
    features: async (place) => {
      const output = forward(inputs[Math.floor(place / batch) % inputs.length]);
      const features = Float32Array.from(await output.data());
      output.dispose();
      if (features.length !== batch * FEATURES) throw new Error(`${features.length} features`);
      return features;
    },
  };
};
