// The same recipes in jax-js: a whole step, loss, gradients and Adam, is one `jit`, and the loss is read back after each as ours is.
// Each value that is used once more after a call has to be asked for with `.ref`, else its memory is freed.

import { FEATURES, stages } from '../network/mobilenet.mjs';
import { ADAM, CHANNELS, DROPOUT, HIDDEN, LEARNING_RATE, batchesOf, fetchWeights, takeTimes } from './recipes.js';

const uniform = (limit, shape) =>
  Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, () => (2 * Math.random() - 1) * limit);

/** A dense layer's numbers, `[inputs, outputs]` and `[outputs]`. */
const dense = (np, inputs, outputs) => {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return [np.array(uniform(limit, [inputs, outputs])).reshape([inputs, outputs]), np.zeros([outputs])];
};

const apply = ({ numpy: np }, x, [weight, bias]) => np.add(np.dot(x, weight), bias);

const head = (jax, classes) => ({
  parameters: () => [...dense(jax.numpy, FEATURES, HIDDEN), ...dense(jax.numpy, HIDDEN, classes)],
  /** `key`: of the dropout, or none. */
  forward: (x, [weight, bias, lastWeight, lastBias], key) => {
    const { nn, numpy: np, random } = jax;
    let y = nn.relu(apply(jax, x, [weight, bias]));
    if (key) {
      const kept = random.bernoulli(key, 1 - DROPOUT, y.shape);
      y = np.where(kept, y.mul(1 / (1 - DROPOUT)), 0);
    }
    return apply(jax, y, [lastWeight, lastBias]);
  },
});

/** `[N, C, H, W]`, with a padding of one pixel on all sides of a 3x3. */
const convolution = ({ lax, numpy: np }, x, { size, stride, depthwise, to }, [filter, bias]) => {
  const pad = (size - 1) / 2;
  const padding = [
    [pad, pad],
    [pad, pad],
  ];
  const groups = depthwise ? { featureGroupCount: to } : {};
  return np.add(lax.convGeneralDilated(x, filter, [stride, stride], padding, groups), bias.reshape([1, to, 1, 1]));
};

const topLayers = async (jax, { classes, unfrozen, side }) => {
  const all = stages(await fetchWeights());
  const learning = all.slice(all.length - unfrozen);
  const classify = head(jax, classes);
  const layers = learning.flatMap(({ layers }) => layers);
  const pairs = 2 * layers.length;
  return {
    shape: [learning[0].layers[0].from, side / 32, side / 32],
    parameters: () => [
      ...layers.flatMap(({ size, from, to, depthwise, weight, bias }) => [
        jax.numpy.array(Float32Array.from(weight)).reshape([to, depthwise ? 1 : from, size, size]),
        jax.numpy.array(Float32Array.from(bias)),
      ]),
      ...classify.parameters(),
    ],
    forward: (x, parameters, key) => {
      const { nn, numpy: np } = jax;
      let place = 0;
      let value = x;
      for (const { layers, residual } of learning) {
        const entering = residual ? value.ref : undefined;
        for (const layer of layers) {
          value = convolution(jax, value, layer, parameters.slice(place, place + 2));
          if (layer.relu6) value = nn.relu6(value);
          place += 2;
        }
        if (entering) value = np.add(entering, value);
      }
      return classify.forward(np.mean(value, [2, 3]), parameters.slice(pairs), key);
    },
  };
};

const scratch = (jax, { classes, side }) => {
  const { lax, nn, numpy: np } = jax;
  const layers = CHANNELS.slice(1).map((to, place) => ({ size: 3, stride: 1, depthwise: false, from: CHANNELS[place], to }));
  return {
    shape: [1, side, side],
    parameters: () => [
      ...layers.flatMap(({ from, to }) => [
        np.array(uniform(Math.sqrt(6 / (9 * from)), [to, from, 3, 3])).reshape([to, from, 3, 3]),
        np.zeros([to]),
      ]),
      ...dense(np, CHANNELS.at(-1), classes),
    ],
    forward: (x, parameters, key) => {
      key?.dispose();
      const value = layers.reduce((value, layer, place) => {
        const y = nn.relu(convolution(jax, value, layer, parameters.slice(2 * place, 2 * place + 2)));
        return lax.reduceWindow(y, (window) => np.max(window), [2, 2], [2, 2]);
      }, x);
      return apply(jax, np.mean(value, [2, 3]), parameters.slice(2 * layers.length));
    },
  };
};

const NETWORKS = {
  'head-epoch': (jax, { classes }) => ({ shape: [FEATURES], ...head(jax, classes) }),
  'fine-tuning-step': topLayers,
  'scratch-step': scratch,
};

/** The mean cross-entropy. `targets`: one-hot. */
const crossEntropy = ({ nn, numpy: np }, logits, targets) => np.negative(np.mean(np.sum(nn.logSoftmax(logits).mul(targets), -1)));

/** New parameters and moments; `time` counts the steps from 1. */
const adam = ({ numpy: np }, parameter, gradient, mean, square, time) => {
  const [first, second] = [ADAM.beta1, ADAM.beta2];
  const newMean = mean.mul(first).add(gradient.ref.mul(1 - first));
  const newSquare = square.mul(second).add(np.square(gradient).mul(1 - second));
  const corrected = newMean.ref.div(np.subtract(1, np.power(first, time.ref)));
  const scale = np.sqrt(newSquare.ref.div(np.subtract(1, np.power(second, time)))).add(ADAM.epsilon);
  return [parameter.sub(corrected.div(scale).mul(LEARNING_RATE)), newMean, newSquare];
};

export const start = async ({ backend, recipe, sizes }) => {
  const jax = await import('../jax/index.js');
  const { numpy: np, random } = jax;
  if (!(await jax.init(backend)).includes(backend)) throw new Error(`jax-js does not start on ${backend}`);
  jax.defaultDevice(backend);
  const { shape, parameters, forward } = await NETWORKS[recipe](jax, sizes);

  const learn = jax.jit((parameters, means, squares, time, key, x, targets) => {
    const loss = (parameters) => crossEntropy(jax, forward(x, parameters, key), targets);
    const [value, gradients] = jax.valueAndGrad(loss)(parameters.map((parameter) => parameter.ref));
    const updated = parameters.map((parameter, place) => adam(jax, parameter, gradients[place], means[place], squares[place], time.ref));
    time.dispose();
    return [value, ...[0, 1, 2].map((kind) => updated.map((of) => of[kind]))];
  });
  const classify = jax.jit((parameters, x) => forward(x, parameters));

  let state = [parameters(), parameters().map((of) => np.zerosLike(of)), parameters().map((of) => np.zerosLike(of))];
  let time = 0;
  let key = random.key(1);
  const input = ({ values, count }) => np.array(values).reshape([count, ...shape]);
  const step = async (batch) => {
    let drawn;
    [key, drawn] = random.split(key);
    time += 1;
    const oneHot = Float32Array.from({ length: batch.count * sizes.classes }, (_, place) =>
      batch.classes[Math.floor(place / sizes.classes)] === place % sizes.classes ? 1 : 0,
    );
    const targets = np.array(oneHot).reshape([batch.count, sizes.classes]);
    const [loss, ...updated] = learn(...state, np.array(time, { dtype: np.float32 }), drawn, input(batch), targets);
    state = updated;
    const [read] = await loss.data();
    if (!Number.isFinite(read)) throw new Error(`the loss is ${read}`);
  };
  const evaluate = async (batch) => {
    await classify(
      state[0].map((of) => of.ref),
      input(batch),
    ).data();
  };
  return takeTimes(recipe, sizes, batchesOf(sizes, shape), step, evaluate);
};
