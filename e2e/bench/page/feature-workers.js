// Our own feature workers, started and spoken to as the site does it, see `app/feature-worker/src/wire.rs`.

import { directory } from '../network/safetensors.mjs';
import { SIDE, images } from './images.js';

/** A number as postcard writes it, seven bits in a byte. */
const number = (value) => {
  const bytes = [];
  for (let rest = value; bytes.push(rest & 0x7f), (rest >>= 7) > 0; ) bytes[bytes.length - 1] |= 0x80;
  return bytes;
};
const text = (value) => [...number(value.length), ...new TextEncoder().encode(value)];
const list = (values, write) => [...number(values.length), ...values.flatMap(write)];

/** As they are declared in Rust. */
const ORDER = { WEIGHTS: 0, JOB: 1 };
const OK = 0;
const NUMBERS = ['I8', 'F16', 'F32'];
const READING = { GLOBAL_AVERAGE: 0 };
const ALL_STAGES = 19;
const ANSWER = { DONE: 1 };

const weightsOrder = (file) => {
  const { data, entries } = directory(file);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const tensor = ([name, { dtype, shape, data_offsets: [start, end] }]) => [
    ...text(name),
    ...list(shape, number),
    ...number(NUMBERS.indexOf(dtype)),
    ...number(data + start),
    ...number(data + end),
  ];
  return Uint8Array.from([ORDER.WEIGHTS, OK, ...list(sorted, tensor)]);
};

const TICKET = 0;
const JOB = Uint8Array.from([ORDER.JOB, TICKET, ...number(SIDE), READING.GLOBAL_AVERAGE, ALL_STAGES]);

/** A feature worker, asked for one image at a time. @param {{ arithmetic: 'plain' | 'relaxed', different: number }} options */
export const startFeatureWorker = async ({ arithmetic, different }) => {
  const inputs = images(different);
  const module = await WebAssembly.compileStreaming(fetch(`../engine/feature-worker-${arithmetic}_bg.wasm`));
  const worker = new Worker('../engine/feature-worker-start.js');
  const { port1, port2 } = new MessageChannel();
  const answer = () =>
    new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => (data[0] === 'panic' ? reject(new Error(data[1])) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
    });
  const ready = answer();
  worker.postMessage({ module, port: port2 }, [port2]);
  await ready;
  const weights = new Uint8Array(await (await fetch('../weights')).arrayBuffer());
  port1.postMessage([weightsOrder(weights), weights]);
  return {
    features: async (place) => {
      const computed = answer();
      port1.postMessage([JOB, inputs[place % inputs.length]]);
      const [kind, embedding] = await computed;
      if (kind[0] !== ANSWER.DONE) throw new Error(new TextDecoder().decode(kind));
      return embedding;
    },
    end: () => worker.terminate(),
  };
};
