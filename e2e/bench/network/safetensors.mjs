// The backbone's file of weights, as `model/mobilenet/src/weights.rs` reads it: numbers in 8 bit with a scale for each output
// channel, in 16 bit, or in 32.

/** @typedef {{ dtype: string, shape: number[], data_offsets: [number, number] }} Entry */

const HEADER_LENGTH_BYTES = 8;

/** What the file holds, and where in it the numbers begin. @param {Uint8Array} file */
export const directory = (file) => {
  const view = new DataView(file.buffer, file.byteOffset);
  const length = Number(view.getBigUint64(0, true));
  const data = HEADER_LENGTH_BYTES + length;
  /** @type {Record<string, Entry>} */
  const entries = JSON.parse(new TextDecoder().decode(file.subarray(HEADER_LENGTH_BYTES, data)));
  return { data, entries: Object.entries(entries).filter(([name]) => name !== '__metadata__') };
};

/** @param {number} bits of an IEEE 754 half */
const half = (bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

/** All tensors but the scales, as 32-bit numbers, row-major. @param {Uint8Array} file @returns {Map<string, Float32Array>} */
export const readWeights = (file) => {
  const { data, entries } = directory(file);
  const view = new DataView(file.buffer, file.byteOffset);
  /** @type {Record<string, (place: number) => number>} */
  const readers = {
    I8: (place) => view.getInt8(place),
    F16: (place) => half(view.getUint16(place, true)),
    F32: (place) => view.getFloat32(place, true),
  };
  /** @param {Entry} entry */
  const numbers = ({ dtype, shape, data_offsets: [start, end] }) => {
    const count = shape.reduce((product, side) => product * side, 1);
    const bytes = (end - start) / count;
    const read = readers[dtype];
    if (!read) throw new Error(`numbers of the kind ${dtype}`);
    return Float32Array.from({ length: count }, (_, place) => read(data + start + place * bytes));
  };
  const byName = new Map(entries);
  const weights = new Map();
  for (const [name, entry] of entries.filter(([name]) => !name.endsWith('.scale'))) {
    const values = numbers(entry);
    const scale = entry.dtype === 'I8' && byName.get(name.replace(/weight$/, 'scale'));
    if (scale) {
      const scales = numbers(scale);
      const perChannel = values.length / scales.length;
      values.forEach((value, place) => (values[place] = value * (scales[Math.floor(place / perChannel)] ?? NaN)));
    }
    weights.set(name, values);
  }
  return weights;
};
