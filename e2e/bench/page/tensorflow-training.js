// The same recipes in TensorFlow.js, as its users write them: its own layers' operations, its own Adam, the loss read back after
// each step as ours is.

import { FEATURES, stages } from '../network/mobilenet.mjs';
import { ADAM, CHANNELS, DROPOUT, HIDDEN, LEARNING_RATE, batchesOf, fetchWeights, takeTimes } from './recipes.js';
import { padding, parameters, startTensorFlow } from './tensorflow.js';

const dense = (tf, inputs, outputs) => {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const weight = tf.variable(tf.randomUniform([inputs, outputs], -limit, limit));
  const bias = tf.variable(tf.zeros([outputs]));
  return (x) => tf.add(tf.matMul(x, weight), bias);
};

const head = (tf, classes) => {
  const hidden = dense(tf, FEATURES, HIDDEN);
  const output = dense(tf, HIDDEN, classes);
  return (x, training) => {
    const y = tf.relu(hidden(x));
    return output(training ? tf.dropout(y, DROPOUT) : y);
  };
};

/** Not the fused form: through that with ReLU6 there is no gradient. */
const convolution = (tf, layer, [filter, bias]) => {
  const { pad, dimRoundingMode } = padding(layer);
  const convolve = layer.depthwise ? tf.depthwiseConv2d : tf.conv2d;
  return (x) => tf.add(convolve(x, filter, layer.stride, pad, 'NHWC', 1, dimRoundingMode), bias);
};

const topLayers = async (tf, { classes, unfrozen, side }) => {
  const all = stages(await fetchWeights());
  const learning = all.slice(all.length - unfrozen).map(({ layers, residual }) => {
    const steps = layers.map((layer) => {
      const apply = convolution(tf, layer, parameters(tf, layer).map((tensor) => tf.variable(tensor)));
      return (x) => (layer.relu6 ? tf.relu6(apply(x)) : apply(x));
    });
    return (x) => {
      const y = steps.reduce((value, next) => next(value), x);
      return residual ? tf.add(x, y) : y;
    };
  });
  const classify = head(tf, classes);
  return {
    shape: [side / 32, side / 32, all[all.length - unfrozen].layers[0].from],
    forward: (x, training) => classify(tf.mean(learning.reduce((value, next) => next(value), x), [1, 2]), training),
  };
};

const scratch = (tf, { classes, side }) => {
  const convolutions = CHANNELS.slice(1).map((to, place) => {
    const from = CHANNELS[place];
    const limit = Math.sqrt(6 / (9 * from));
    const layer = { depthwise: false, size: 3, stride: 1 };
    const filter = tf.variable(tf.randomUniform([3, 3, from, to], -limit, limit));
    return convolution(tf, layer, [filter, tf.variable(tf.zeros([to]))]);
  });
  const output = dense(tf, CHANNELS.at(-1), classes);
  return {
    shape: [side, side, 1],
    forward: (x) => output(tf.mean(convolutions.reduce((value, apply) => tf.maxPool(tf.relu(apply(value)), 2, 2, 'valid'), x), [1, 2])),
  };
};

const NETWORKS = {
  'head-epoch': (tf, { classes }) => ({ shape: [FEATURES], forward: head(tf, classes) }),
  'fine-tuning-step': topLayers,
  'scratch-step': scratch,
};

export const start = async ({ backend, recipe, sizes }) => {
  const tf = await startTensorFlow(backend);
  importScripts('../tensorflow/gradients.js');
  const { shape, forward } = await NETWORKS[recipe](tf, sizes);
  const optimizer = tf.train.adam(LEARNING_RATE, ADAM.beta1, ADAM.beta2, ADAM.epsilon);
  const input = ({ values, count }) => tf.tensor(values, [count, ...shape]);

  const step = async (batch) => {
    const loss = optimizer.minimize(() => {
      const targets = tf.oneHot(tf.tensor1d(batch.classes, 'int32'), sizes.classes);
      return tf.losses.softmaxCrossEntropy(targets, forward(input(batch), true));
    }, true);
    const [read] = await loss.data();
    loss.dispose();
    if (!Number.isFinite(read)) throw new Error(`the loss is ${read}`);
  };
  const evaluate = async (batch) => {
    const logits = tf.tidy(() => forward(input(batch), false));
    await logits.data();
    logits.dispose();
  };

  return takeTimes(recipe, sizes, batchesOf(sizes, shape), step, evaluate);
};
