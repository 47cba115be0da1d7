// The first lines of the engine's worker, and of the workers that it starts itself: wait for the
// compiled module, keep it for them, start.

importScripts('./engine.js');

// A panic in a task is an unhandled rejection, which the page would never hear of.
addEventListener('unhandledrejection', (event) => reportError(event.reason));

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

// Tells the page what this worker fetches, where the page counts that.
if (name === 'counted') {
  new PerformanceObserver((list) => {
    const fetched = list.getEntries().map(({ name, transferSize }) => ({ name, bytes: transferSize ?? 0 }));
    postMessage({ fetched });
  }).observe({ type: 'resource', buffered: true });
}

onmessage = ({ data }) => {
  onmessage = null;
  self.engineModule = data;
  wasm_bindgen({ module_or_path: data });
};
