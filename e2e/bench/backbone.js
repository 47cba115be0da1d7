// Runs in the page: all take turns on one image each, on one thread.

import start, { BackboneBench } from './engine/bench.js';
import { mobileNetV2 } from './mobilenet.js';

const WARM_UP = 3;
const ROUNDS = 20;
const AVERAGED = 1280;
const FEATURES = 7 * 7 * AVERAGED;

const engine = async () => {
  await start({ module_or_path: './engine/bench_bg.wasm' });
  const weights = await (await fetch('./weights')).arrayBuffer();
  const bench = new BackboneBench(new Uint8Array(weights));
  return () => bench.forward();
};

/** The numbers of an order or an answer as postcard writes them, seven bits in a byte. @param {number[]} numbers */
const postcard = (...numbers) =>
  Uint8Array.from(
    numbers.flatMap((number) => {
      const bytes = [];
      for (let rest = number; bytes.push(rest & 0x7f), (rest >>= 7) > 0; ) bytes[bytes.length - 1] |= 0x80;
      return bytes;
    }),
  );

const WEIGHTS = postcard(0);
/** Ticket 0: 224 pixels, the global average, all 19 stages frozen. */
const JOB = postcard(1, 0, 224, 0, 19);

/** A feature worker as the page starts it, asked for one image at a time. @param {'plain' | 'relaxed'} arithmetic */
const featureWorker = async (arithmetic) => {
  const module = await WebAssembly.compileStreaming(fetch(`./engine/feature-worker-${arithmetic}_bg.wasm`));
  const worker = new Worker('./engine/feature-worker-start.js');
  const { port1, port2 } = new MessageChannel();
  const answer = () =>
    new Promise((resolve, reject) => {
      port1.onmessage = ({ data }) => (data[0] === 'panic' ? reject(new Error(data[1])) : resolve(data));
      worker.onerror = (event) => reject(new Error(event.message));
    });
  const ready = answer();
  worker.postMessage({ module, port: port2 }, [port2]);
  await ready;
  const weights = await (await fetch('./weights')).arrayBuffer();
  port1.postMessage([WEIGHTS, new Uint8Array(weights)]);
  const image = Float32Array.from({ length: 224 * 224 }, (_, place) => (place % 17) / 17);
  return async () => {
    const computed = answer();
    port1.postMessage([JOB, image]);
    const [, embedding] = await computed;
    return embedding.length;
  };
};

const startTensorFlow = async () => {
  const tf = globalThis.tf;
  tf.wasm.setWasmPaths('./tfjs-wasm/');
  tf.wasm.setThreadsCount(1);
  await tf.setBackend('wasm');
  if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('TensorFlow.js without SIMD');
  return tf;
};

const tensorFlow = (tf, fused) => {
  const network = mobileNetV2(tf, fused);
  const image = tf.randomUniform([1, 224, 224, 3], -1, 1);
  return async () => {
    const features = network(image);
    const { length } = await features.data();
    features.dispose();
    return length;
  };
};

const milliseconds = async (forward) => {
  const begin = performance.now();
  const read = await forward();
  if (read !== FEATURES && read !== AVERAGED) throw new Error(`${read} features instead of ${FEATURES}`);
  return performance.now() - begin;
};

/** Milliseconds an image of each round, by name; `layers` and `fused` are TensorFlow.js. */
globalThis.measureBackbone = async () => {
  const tf = await startTensorFlow();
  const forward = {
    relaxed: await featureWorker('relaxed'),
    plain: await featureWorker('plain'),
    engine: await engine(),
    layers: tensorFlow(tf, false),
    fused: tensorFlow(tf, true),
  };
  const times = Object.fromEntries(Object.keys(forward).map((name) => [name, []]));
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const name of Object.keys(forward)) {
      const time = await milliseconds(forward[name]);
      if (round >= 0) times[name].push(time);
    }
  }
  return times;
};
