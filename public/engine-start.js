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

// Programs that run beside the engine, fetched when they are first needed. They import nothing, and an instance that has ended is thrown away.

/** The compiled program. */
self.fetchProgram = async (name) => {
  const file = `${name}_bg.wasm`;
  const response = await fetch(`./${file}`);
  if (!response.ok) throw new Error(`${file}: ${response.status} ${response.statusText}`);
  return WebAssembly.compileStreaming(response);
};

self.startProgram = (compiled) => new WebAssembly.Instance(compiled).exports;

/** Head and body of the answer, and the bytes of memory that the instance has taken. */
self.askProgram = (own, question, bytes) => {
  own.reserve(question.length, bytes.length); // first, as it may move the memory
  new Uint8Array(own.memory.buffer, own.question(), question.length).set(question);
  new Uint8Array(own.memory.buffer, own.bytes(), bytes.length).set(bytes);
  own.answer();
  const head = new Uint8Array(own.memory.buffer, own.head(), own.head_length()).slice();
  const body = new Uint8Array(own.memory.buffer, own.body(), own.body_length()).slice();
  own.release();
  return [head, body, own.memory.buffer.byteLength];
};

onmessage = ({ data: { program, module, early: addresses } }) => {
  onmessage = null;
  addresses.forEach(expected);
  importScripts(`./${program}.js`);
  wasm_bindgen({ module_or_path: module });
};
