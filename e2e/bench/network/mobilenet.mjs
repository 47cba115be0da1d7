// The backbone as a list of layers, for those who write it in another library's form: MobileNetV2 1.0 without its classifier,
// batch normalisation folded into the weights, and the average of each channel at the end.

import { readWeights } from './safetensors.mjs';

/**
 * A convolution, with padding of a pixel on all sides if it is 3x3.
 * `weight`: `[to][from][size][size]`, or `[to][1][size][size]` if each channel is on its own.
 * @typedef {{
 *   name: string, depthwise: boolean, size: 1 | 3, stride: 1 | 2, from: number, to: number, relu6: boolean,
 *   weight: Float32Array, bias: Float32Array,
 * }} Layer
 */

/** Layers in a row; what enters is added to what leaves in a `residual` stage. @typedef {{ layers: Layer[], residual: boolean }} Stage */

export const SIDE = 224;
export const FEATURES = 1280;

/** Red, green and blue of the photographs that the backbone learned from. */
export const MEAN = [0.485, 0.456, 0.406];
export const DEVIATION = [0.229, 0.224, 0.225];

/** Width factor, channels, repeats and first stride of each group (table 2 of the paper). */
const GROUPS = /** @type {const} */ ([
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
]);

/** All 19 stages. @param {Uint8Array} file the weights @returns {Stage[]} */
export const stages = (file) => {
  const weights = readWeights(file);
  const tensor = (/** @type {string} */ name) => {
    const numbers = weights.get(name);
    if (!numbers) throw new Error(`the weights lack ${name}`);
    return numbers;
  };
  /** @param {Omit<Layer, 'weight' | 'bias'>} layer @returns {Layer} */
  const layer = (layer) => ({ ...layer, weight: tensor(`${layer.name}.weight`), bias: tensor(`${layer.name}.bias`) });
  /** @param {string} name @param {1 | 3} size @param {number} from @param {number} to @param {1 | 2} stride @param {boolean} relu6 */
  const full = (name, size, from, to, stride, relu6) => layer({ name, depthwise: false, size, stride, from, to, relu6 });

  /** @type {Stage[]} */
  const stages = [{ layers: [full('0.conv', 3, 3, 32, 2, true)], residual: false }];
  let from = 32;
  for (const [factor, to, repeats, first] of GROUPS) {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const stage = stages.length;
      const wide = factor * from;
      const stride = repeat === 0 ? first : 1;
      stages.push({
        layers: [
          ...(factor > 1 ? [full(`${stage}.expand`, 1, from, wide, 1, true)] : []),
          layer({ name: `${stage}.depthwise`, depthwise: true, size: 3, stride, from: wide, to: wide, relu6: true }),
          full(`${stage}.project`, 1, wide, to, 1, false),
        ],
        residual: stride === 1 && from === to,
      });
      from = to;
    }
  }
  stages.push({ layers: [full(`${stages.length}.conv`, 1, from, FEATURES, 1, true)], residual: false });
  return stages;
};

/** Weights with the channels last, `[size][size][from][to]`; of a depthwise layer `[size][size][to]`. @param {Layer} layer */
export const channelsLast = ({ weight, size, from, to, depthwise }) => {
  const inputs = depthwise ? 1 : from;
  const turned = new Float32Array(weight.length);
  const places = size * size;
  for (let output = 0; output < to; output += 1) {
    for (let input = 0; input < inputs; input += 1) {
      for (let place = 0; place < places; place += 1) {
        turned[(place * inputs + input) * to + output] = weight[(output * inputs + input) * places + place] ?? NaN;
      }
    }
  }
  return turned;
};
