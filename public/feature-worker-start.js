// The first lines of a worker that computes features: wait for the compiled program and for the port to the engine, start.

importScripts('./feature-worker.js');

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

onmessage = async ({ data: { module, port } }) => {
  onmessage = null;
  await wasm_bindgen({ module_or_path: module });
  wasm_bindgen.listen(port);
};

// An error event of a worker does not tell of these.
addEventListener('unhandledrejection', (event) => reportError(event.reason));
