// The backbone as a TensorFlow Lite file, the form that LiteRT reads: `[1, 224, 224, 3]` to `[1, 1, 1, 1280]`.
//
// No converter: FlatBuffers' own builder writes the few tables of TensorFlow Lite's schema.fbs (version 3) that are needed. A
// table is a list of fields by number, as the schema has them.

import { createRequire } from 'node:module';
import { FEATURES, SIDE, channelsLast } from './mobilenet.mjs';

/** @import { Layer, Stage } from './mobilenet.mjs' */

const VERSION = 3;
const IDENTIFIER = 'TFL3';
const FLOAT32 = 0;
const INT32 = 2;
/** BuiltinOperator */
const OPERATOR = { ADD: 0, CONV_2D: 3, DEPTHWISE_CONV_2D: 4, PAD: 34, MEAN: 40 };
/** BuiltinOptions */
const OPTIONS = { Conv2D: 1, DepthwiseConv2D: 2, Add: 11, Pad: 22, Reducer: 27 };
const [SAME, VALID] = [0, 1];
const [NONE, RELU6] = [0, 3];
/** What XNNPACK wants the weights to begin at a multiple of. */
const ALIGNMENT = 16;

/** @param {Stage[]} stages @returns {Uint8Array} */
export const tflite = (stages) => {
  // Not an import: the packages of this folder are installed by `cargo xtask bench` alone, and the check of types does without.
  const { Builder } = createRequire(import.meta.url)('flatbuffers');
  const builder = new Builder(1 << 24);

  /** @typedef {['int8' | 'int32' | 'offset', number]} Field */

  /** @param {(Field | undefined)[]} fields */
  const table = (fields) => {
    builder.startObject(fields.length);
    for (const [slot, field] of fields.entries()) {
      if (!field) continue;
      const [kind, value] = field;
      if (kind === 'int8') builder.addFieldInt8(slot, value, undefined);
      if (kind === 'int32') builder.addFieldInt32(slot, value, undefined);
      if (kind === 'offset') builder.addFieldOffset(slot, value, 0);
    }
    return builder.endObject();
  };
  /** @param {number} value @returns {Field} */
  const int8 = (value) => ['int8', value];
  /** @param {number} value @returns {Field} */
  const int32 = (value) => ['int32', value];
  /** @param {number} value @returns {Field} */
  const offset = (value) => ['offset', value];
  /** @param {number[]} values @returns {Field} */
  const integers = (values) => {
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addInt32(value);
    return offset(builder.endVector());
  };
  /** @param {number[]} values @returns {Field} */
  const offsets = (values) => {
    builder.startVector(4, values.length, 4);
    for (const value of values.toReversed()) builder.addOffset(value);
    return offset(builder.endVector());
  };
  /** @param {string} text @returns {Field} */
  const text = (text) => offset(builder.createString(text));

  /** The first buffer is that of all tensors without numbers. */
  const buffers = [table([undefined])];
  /** @type {number[]} */
  const tensors = [];
  /** @type {number[]} */
  const operators = [];
  const codes = Object.values(OPERATOR);

  /** @param {string} name @param {number[]} shape @param {Float32Array | Int32Array} [values] @returns {number} */
  const tensor = (name, shape, values) => {
    let buffer = 0;
    if (values) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      builder.startVector(1, bytes.length, ALIGNMENT);
      builder.space -= bytes.length;
      builder.bb.bytes().set(bytes, builder.space);
      buffer = buffers.length;
      buffers.push(table([offset(builder.endVector())]));
    }
    const type = values instanceof Int32Array ? INT32 : FLOAT32;
    tensors.push(table([integers(shape), int8(type), int32(buffer), text(name)]));
    return tensors.length - 1;
  };
  /** @param {number} code @param {number[]} inputs @param {number} output @param {number} kind @param {(Field | undefined)[]} options */
  const operator = (code, inputs, output, kind, options) => {
    const written = table(options);
    operators.push(table([int32(codes.indexOf(code)), integers(inputs), integers([output]), int8(kind), offset(written)]));
    return output;
  };

  /** Padding on all four sides, where TensorFlow's own would be on two. */
  const sides = tensor('sides', [4, 2], Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0));
  const images = tensor('images', [1, SIDE, SIDE, 3]);
  let [last, side] = [images, SIDE];

  /** @param {Layer} layer */
  const convolution = (layer) => {
    const { name, depthwise, size, stride, from, to, relu6, bias } = layer;
    if (stride === 2) {
      const padded = tensor(`${name}.padded`, [1, side + 2, side + 2, from]);
      operator(OPERATOR.PAD, [last, sides], padded, OPTIONS.Pad, []);
      last = padded;
      side /= 2;
    }
    const turned = channelsLast(layer);
    const weight = depthwise
      ? tensor(`${name}.weight`, [1, size, size, to], turned)
      : tensor(`${name}.weight`, [to, size, size, from], outputsFirst(layer, turned));
    const inputs = [last, weight, tensor(`${name}.bias`, [to], bias)];
    const output = tensor(name, [1, side, side, to]);
    const strides = [int8(stride === 2 ? VALID : SAME), int32(stride), int32(stride)];
    const activation = int8(relu6 ? RELU6 : NONE);
    last = depthwise
      ? operator(OPERATOR.DEPTHWISE_CONV_2D, inputs, output, OPTIONS.DepthwiseConv2D, [...strides, int32(1), activation, int32(1), int32(1)])
      : operator(OPERATOR.CONV_2D, inputs, output, OPTIONS.Conv2D, [...strides, activation, int32(1), int32(1)]);
  };

  for (const [stage, { layers, residual }] of stages.entries()) {
    const entering = last;
    layers.forEach(convolution);
    if (residual) {
      const channels = layers.at(-1)?.to ?? 0;
      last = operator(OPERATOR.ADD, [entering, last], tensor(`${stage}.sum`, [1, side, side, channels]), OPTIONS.Add, [int8(NONE)]);
    }
  }
  const axes = tensor('axes', [2], Int32Array.of(1, 2));
  const keepDimensions = int8(1);
  const features = operator(OPERATOR.MEAN, [last, axes], tensor('features', [1, 1, 1, FEATURES]), OPTIONS.Reducer, [keepDimensions]);

  const subgraph = table([offsets(tensors), integers([images]), integers([features]), offsets(operators), text('backbone')]);
  const operatorCodes = codes.map((code) => table([int8(code), undefined, int32(1), int32(code)]));
  const model = table([int32(VERSION), offsets(operatorCodes), offsets([subgraph]), text('firstread'), offsets(buffers)]);
  builder.finish(model, IDENTIFIER);
  return builder.asUint8Array();
};

/** `[to][size][size][from]`. @param {Layer} layer @param {Float32Array} turned as `channelsLast` gives them */
const outputsFirst = ({ size, from, to }, turned) => {
  const rest = size * size * from;
  return Float32Array.from({ length: turned.length }, (_, place) => turned[(place % rest) * to + Math.floor(place / rest)] ?? NaN);
};
