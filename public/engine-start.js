// The first lines of the engine's worker: wait for the compiled program, start.

// A panic in a task is an unhandled rejection, which the page would never hear of.
addEventListener('unhandledrejection', (event) => reportError(event.reason));

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

// Tells the page, which counts that, what this worker fetches.
new PerformanceObserver((list) => {
  const fetched = list.getEntries().map(({ name, transferSize }) => ({ name, bytes: transferSize ?? 0 }));
  postMessage({ fetched });
}).observe({ type: 'resource', buffered: true });

// The page starts the workers that compute features, see feature-workers.js; the engine talks to each over a port.
const ports = new Map();

self.startWorker = (id) => {
  const { port1, port2 } = new MessageChannel();
  ports.set(id, port1);
  postMessage({ startWorker: id, port: port2 }, [port2]);
  return port1;
};

self.endWorker = (id) => {
  ports.get(id)?.close();
  ports.delete(id);
  postMessage({ endWorker: id });
};

addEventListener('message', (event) => {
  const { lostWorker, detail } = event.data;
  if (lostWorker === undefined) return;
  event.stopImmediatePropagation();
  ports.get(lostWorker)?.dispatchEvent(new MessageEvent('message', { data: ['panic', detail] }));
});

// Files that the page fetched before this program was there, see early-files.js: their bytes, or nothing, once they have come.
const early = new Map();

const expected = (address) => {
  if (!early.has(address)) {
    const file = {};
    file.bytes = new Promise((resolve) => (file.arrived = resolve));
    early.set(address, file);
  }
  return early.get(address);
};

addEventListener('message', (event) => {
  const { early: address, bytes, program } = event.data;
  if (program || address === undefined) return;
  event.stopImmediatePropagation();
  expected(address).arrived(bytes);
});

/** The bytes of a file of the site. */
self.download = async (address) => {
  const bytes = await early.get(address)?.bytes;
  early.delete(address); // it may be asked for again
  if (bytes) return bytes;
  const response = await fetch(`./${address}`);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response.arrayBuffer();
};

// The program that reads what the engine has no decoder for, fetched for the first such file. It imports nothing; an instance that a file has ended is
// thrown away, and so is one that has grown large, since memory only grows.
const MOST_MEMORY = 2 ** 28; // bytes that may stay taken between two files
let formatReader;
let instance;

self.fetchFormatReader = async () => {
  const response = await fetch('./format-reader_bg.wasm');
  if (!response.ok) throw new Error(`format-reader_bg.wasm: ${response.status} ${response.statusText}`);
  formatReader = await WebAssembly.compileStreaming(response);
};

/** One of its functions on a file: the head of its answer, and the bytes of its pixels. */
self.readFile = (name, file, frame) => {
  instance ??= new WebAssembly.Instance(formatReader);
  const own = instance.exports;
  instance = undefined; // until this has gone well
  const address = own.reserve(file.length); // first, as it may move the memory
  new Uint8Array(own.memory.buffer, address, file.length).set(file);
  own[name](frame);
  const head = new Uint8Array(own.memory.buffer, own.head(), own.head_length()).slice();
  const body = new Uint8Array(own.memory.buffer, own.body(), own.body_length()).slice();
  own.release();
  if (own.memory.buffer.byteLength <= MOST_MEMORY) instance = { exports: own };
  return [head, body];
};

onmessage = ({ data: { program, module, early: addresses } }) => {
  onmessage = null;
  addresses.forEach(expected);
  importScripts(`./${program}.js`);
  wasm_bindgen({ module_or_path: module });
};
