// Finds out the visitor's language, starts the page, and downloads and compiles the engine beside it.

import './early-files.js';
import './engine-program.js';
import './feature-workers.js';
import './kept.js';
import './offline.js';

const LANGUAGES = ['en', 'es'];

/** What was chosen on an earlier visit, if storage is allowed. */
const chosenBefore = () => {
  try {
    return JSON.parse(localStorage.getItem('firstread.language'));
  } catch {
    return null;
  }
};

/** By the link, else as chosen before, else as the browser is set; the page takes it from `<html lang>`. */
const language = () => {
  const wanted = [new URLSearchParams(location.search).get('lang'), chosenBefore(), ...navigator.languages];
  const known = (tag) => LANGUAGES.find((own) => own === String(tag).toLowerCase().split(/[-_]/)[0]);
  return wanted.map(known).find(Boolean) ?? LANGUAGES[0];
};

/** Shows what `index.html` says in the language of the page, and hides it in the others. */
const speak = () => {
  for (const words of document.querySelectorAll('body > main > [lang]')) {
    words.hidden = words.lang !== document.documentElement.lang;
  }
};

document.documentElement.lang = language();
speak();

/** A new engine worker; it says when it is ready. A failed download is an `error` event of the worker. */
globalThis.makeEngine = () => {
  const worker = new Worker('./engine-start.js');
  // What it fetches is for the page's count, not for the program.
  worker.addEventListener('message', (event) => {
    if (!event.data.fetched) return;
    event.stopImmediatePropagation();
    offline.takeIn(event.data.fetched);
  });
  featureWorkers.serve(worker);
  const early = earlyFiles.fetchFor(worker);
  engineProgram.load().then(
    (program) => worker.postMessage({ ...program, early }),
    (error) => worker.dispatchEvent(new ErrorEvent('error', { message: String(error) })),
  );
  return worker;
};

/** A kiosk has nobody to reload it: it does so itself, after longer each time that was in vain. */
const reloadBooth = () => {
  if (!new URLSearchParams(location.search).has('kiosk')) return;
  let times = 0;
  try {
    times = Number(sessionStorage.getItem('firstread.kiosk.reloads'));
    sessionStorage.setItem('firstread.kiosk.reloads', times + 1);
  } catch {} // without storage, always after the first wait
  setTimeout(() => location.reload(), Math.min(10_000 * 2 ** times, 300_000));
};

const showCrash = (error) => {
  if (document.getElementById('crash').hidden) reloadBooth();
  document.getElementById('first-paint')?.remove();
  speak(); // as it may have been changed since
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
  // The single file brings the page's script with it.
  const page = globalThis.inlined?.page ?? import(new URL(js, document.baseURI));
  featureWorkers.prepare();
  engineProgram.load().catch(() => {}); // makeEngine reports it
  const { default: start } = await page;
  await start({ module_or_path: new URL(wasm, document.baseURI) });
  document.getElementById('first-paint')?.remove();
} catch (error) {
  showCrash(error);
}
