// MobileNetV2 1.0 without its classifier in TensorFlow.js: convolutions with a bias, as after folding
// the batch normalisation, in the library's fused form, which is its fastest. Random weights.

/** Width factor, channels, repeats and first stride of each group (table 2 of the paper). */
const GROUPS = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
];

/** @param {any} tf TensorFlow.js; the result takes `[1, 224, 224, 3]` to `[1, 7, 7, 1280]` */
export const mobileNetV2 = (tf) => {
  const layer = (convolution, shape, inputs, channels, strides, activation) => {
    const filter = tf.randomNormal(shape, 0, Math.sqrt(2 / inputs));
    const bias = tf.randomNormal([channels], 0, 0.1);
    return (x) => convolution({ x, filter, bias, strides, pad: 'same', activation });
  };
  const full = (size, from, to, stride, activation) =>
    layer(tf.fused.conv2d, [size, size, from, to], size * size * from, to, stride, activation);
  const depthwise = (channels, stride) =>
    layer(tf.fused.depthwiseConv2d, [3, 3, channels, 1], 9, channels, stride, 'relu6');

  const inverted = (factor, from, to, stride) => {
    const wide = factor * from;
    const layers = [
      ...(factor > 1 ? [full(1, from, wide, 1, 'relu6')] : []),
      depthwise(wide, stride),
      full(1, wide, to, 1, 'linear'),
    ];
    const residual = stride === 1 && from === to;
    return (x) => {
      const y = layers.reduce((value, next) => next(value), x);
      return residual ? tf.add(x, y) : y;
    };
  };

  const stages = [full(3, 3, 32, 2, 'relu6')];
  let from = 32;
  for (const [factor, to, repeats, first] of GROUPS) {
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      stages.push(inverted(factor, from, to, repeat === 0 ? first : 1));
      from = to;
    }
  }
  stages.push(full(1, from, 1280, 1, 'relu6'));
  return (image) => tf.tidy(() => stages.reduce((value, next) => next(value), image));
};
