// Starts the page, and downloads and compiles the engine beside it.

const compileEngine = () =>
  WebAssembly.compileStreaming(fetch('./engine_bg.wasm', { priority: 'low' }));

let engineModule;

/** A new engine worker; it says when it is ready. A failed download is an `error` event of the worker. */
globalThis.makeEngine = () => {
  const worker = new Worker('./engine-start.js');
  engineModule ??= compileEngine();
  engineModule.then(
    (module) => worker.postMessage(module),
    (error) => {
      engineModule = undefined; // so that the next call downloads it again
      worker.dispatchEvent(new ErrorEvent('error', { message: String(error) }));
    },
  );
  return worker;
};

const showCrash = (error) => {
  document.getElementById('first-paint')?.remove();
  document.getElementById('crash-detail').textContent = String(error);
  document.getElementById('crash').hidden = false;
};

// After a panic the page's WebAssembly is in no state to go on.
const afterPanic = (error) => {
  if (error?.name === 'RuntimeError') showCrash(error);
};
addEventListener('error', (event) => afterPanic(event.error));
addEventListener('unhandledrejection', (event) => afterPanic(event.reason));

try {
  const { js, wasm } = document.querySelector('script[data-wasm]').dataset;
  const page = import(new URL(js, document.baseURI));
  engineModule = compileEngine();
  engineModule.catch(() => {}); // makeEngine reports it
  const { default: start } = await page;
  await start({ module_or_path: new URL(wasm, document.baseURI) });
  document.getElementById('first-paint')?.remove();
} catch (error) {
  showCrash(error);
}
