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

onmessage = ({ data: { program, module } }) => {
  onmessage = null;
  importScripts(`./${program}.js`);
  wasm_bindgen({ module_or_path: module });
};
