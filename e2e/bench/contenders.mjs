// Who takes part in what.

/** @import { Contender } from './turns.mjs' */

const OURS = { program: 'feature-workers', arithmetic: 'relaxed' };

/** Libraries that only infer; how many images at once they can be given is theirs. */
export const PEERS = [
  { name: 'TensorFlow.js', program: 'tensorflow', batches: [1, 8] },
  { name: 'ONNX Runtime Web', program: 'onnx-runtime', batches: [1, 8] },
  { name: 'LiteRT.js', program: 'litert', batches: [1] },
];

/** One image on one thread. @type {Contender[]} */
export const BACKBONE = [
  { name: 'ours, relaxed SIMD', options: { ...OURS, workers: 1, images: 1 } },
  { name: 'ours, plain SIMD', options: { ...OURS, arithmetic: 'plain', workers: 1, images: 1 } },
  { name: 'ours, native', native: 'backbone' },
  { name: 'burn flex', options: { program: 'burn', workers: 1, images: 1 } },
  ...PEERS.map(({ name, program }) => ({ name, options: { program, workers: 1, threads: 1, images: 1 } })),
];

/** What the numbers of the others are compared with, one of `BACKBONE`. */
export const REFERENCE = 'ours, relaxed SIMD';

/** Ours with a worker a core, and each setting of each peer that can use all cores. @param {number} cores @param {number} images */
export const allCores = (cores, images) => {
  const ours = { name: `ours, ${cores} workers`, options: { ...OURS, workers: cores, images } };
  const peers = PEERS.map(({ name, program, batches }) => [
    { name: `${name}, ${cores} workers of a thread`, options: { program, workers: cores, threads: 1, images } },
    ...batches.map((batch) => ({
      name: `${name}, ${cores} threads, ${batch === 1 ? 'one image' : `${batch} images`} at a time`,
      options: { program, workers: 1, threads: cores, batch, images },
    })),
  ]);
  return { ours, peers };
};

/** The recipes of `model/benchmark`; the other libraries take part where ours reads averages as they do. */
export const RECIPES = [
  { recipe: 'head-epoch', title: 'An epoch of the head, average pooling', peers: true },
  { recipe: 'fine-tuning-step', title: 'A step of fine-tuning, average pooling', peers: true },
  { recipe: 'grid-fine-tuning-step', title: 'A step of fine-tuning, 4 x 4 grid, which is the default', peers: false },
  { recipe: 'scratch-step', title: 'A step of the network from scratch', peers: true },
];

/** @param {string} recipe */
export const oursTraining = (recipe) => ({ program: 'engine-training', recipe });

/** A step of TensorFlow.js on `cpu` takes minutes; a `short` run does without. @param {string} recipe @param {boolean} short */
const backends = (recipe, short) => (short && recipe !== 'head-epoch' ? ['wasm'] : ['wasm', 'cpu']);

/**
 * @param {typeof RECIPES[number]} of @param {unknown} sizes what ours says of them @param {boolean} short @returns {Contender[]}
 */
export const training = ({ recipe, peers }, sizes, short) => [
  { name: 'ours', options: oursTraining(recipe) },
  { name: 'ours, native', native: recipe },
  ...(peers ? backends(recipe, short) : []).map((backend) => ({
    name: `TensorFlow.js, ${backend}`,
    options: { program: 'tensorflow-training', backend, recipe, sizes },
  })),
];
