// The backbone as an ONNX file: `images`, `[N, 3, 224, 224]`, to `features`, `[N, 1280]`.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FEATURES, SIDE } from './mobilenet.mjs';

/** @import { Stage } from './mobilenet.mjs' */

const OPSET = 17;
const IR_VERSION = 8;
const FLOAT = 1;
const [INT, INTS] = [2, 7];

/** @param {string} name @param {number} value */
const integer = (name, value) => ({ name, i: value, type: INT });
/** @param {string} name @param {number[]} values */
const integers = (name, values) => ({ name, ints: values, type: INTS });

/** @param {string} name @param {number[]} dims @param {Float32Array} values */
const tensor = (name, dims, values) => ({
  name,
  dims,
  dataType: FLOAT,
  rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
});

/** A dimension without a number may be any. @param {string} name @param {number[]} dims those after the first */
const value = (name, dims) => ({
  name,
  type: {
    tensorType: { elemType: FLOAT, shape: { dim: [{ dimParam: 'N' }, ...dims.map((side) => ({ dimValue: side }))] } },
  },
});

/** @param {Stage[]} stages @returns {Uint8Array} */
export const onnx = (stages) => {
  // Not an import: the packages of this folder are installed by `cargo xtask bench` alone, and the check of types does without.
  const protobuf = createRequire(import.meta.url)('protobufjs');
  const Model = protobuf.parse(readFileSync(new URL('onnx.proto', import.meta.url), 'utf8')).root.lookupType('onnx.ModelProto');

  /** @type {object[]} */
  const node = [];
  const initializer = [tensor('zero', [], Float32Array.of(0)), tensor('six', [], Float32Array.of(6))];
  /** @param {string} opType @param {string[]} input @param {string} output @param {object[]} [attribute] */
  const add = (opType, input, output, attribute = []) => {
    node.push({ opType, input, output: [output], name: output, attribute });
    return output;
  };

  let last = 'images';
  for (const [stage, { layers, residual }] of stages.entries()) {
    const entering = last;
    for (const { name, depthwise, size, stride, from, to, relu6, weight, bias } of layers) {
      const inputs = depthwise ? 1 : from;
      initializer.push(tensor(`${name}.weight`, [to, inputs, size, size], weight), tensor(`${name}.bias`, [to], bias));
      const pad = (size - 1) / 2;
      last = add('Conv', [last, `${name}.weight`, `${name}.bias`], name, [
        integers('kernel_shape', [size, size]),
        integers('strides', [stride, stride]),
        integers('pads', [pad, pad, pad, pad]),
        integer('group', depthwise ? to : 1),
      ]);
      if (relu6) last = add('Clip', [last, 'zero', 'six'], `${name}.relu6`);
    }
    if (residual) last = add('Add', [entering, last], `${stage}.sum`);
  }
  const averages = add('GlobalAveragePool', [last], 'averages');
  add('Flatten', [averages], 'features', [integer('axis', 1)]);

  return Model.encode(
    Model.fromObject({
      irVersion: IR_VERSION,
      producerName: 'firstread',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: { name: 'backbone', node, initializer, input: [value('images', [3, SIDE, SIDE])], output: [value('features', [FEATURES])] },
    }),
  ).finish();
};
