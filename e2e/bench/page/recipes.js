// What every library is given to train as ours does.

/** As in `model/training`: head.rs, scratch.rs, adam.rs, and the settings of the page. */
export const HIDDEN = 256;
export const DROPOUT = 0.5;
export const CHANNELS = [1, 16, 32, 64];
export const LEARNING_RATE = 1e-4;
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** @returns {Promise<Uint8Array>} */
export const fetchWeights = async () => new Uint8Array(await (await fetch('../weights')).arrayBuffer());

/** Batches of images as they lie in the memory of whoever trains. `shape`: of one image. */
export const batchesOf = ({ training, validation, batch, classes }, shape) => {
  const numbers = shape.reduce((product, side) => product * side, 1);
  const images = (count) => ({
    values: Float32Array.from({ length: count * numbers }, () => Math.random()),
    classes: Int32Array.from({ length: count }, (_, image) => image % classes),
    count,
  });
  const last = training - (Math.ceil(training / batch) - 1) * batch;
  return { whole: images(batch), last: images(last), validation: images(validation) };
};

/** One epoch of the head, or one step, as often as it is asked for. */
export const takeTimes = (recipe, { training, batch }, { whole, last, validation }, step, evaluate) => ({
  once: async () => {
    const begun = performance.now();
    if (recipe === 'head-epoch') {
      for (let place = 1; place < Math.ceil(training / batch); place += 1) await step(whole);
      await step(last);
      await evaluate(validation);
    } else {
      await step(whole);
    }
    return performance.now() - begun;
  },
});
