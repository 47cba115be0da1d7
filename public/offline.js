// What the page knows of its copy for offline use and of the network, and what it can do about them:
// `globalThis.offline`.

const LOOK_EVERY = 3_600_000; // milliseconds
const OWN = 'firstread'; // what the names of all that is kept begin with

const version = document.querySelector('meta[name="version"]')?.content ?? '';
const scope = new URL('./', document.baseURI).href;

/** Why this browser keeps no copy of this page, if it does not. */
const lacking = () => {
  if (location.protocol === 'file:') return 'disk';
  if (!isSecureContext) return 'insecure';
  return 'serviceWorker' in navigator ? undefined : 'browser';
};

let hear = () => {};
let state = ['checking', 0, 0];
const tell = (...news) => {
  state = news;
  hear(...news);
};

/** @type {ServiceWorkerRegistration | undefined} */
let registration; // an earlier visit's, until this one registers its own
let begun = false;
let failed = 'files';
let erased = false;

const ask = (worker, question) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ version, ...question }, [port2]);
  });

/** What there is to tell of a whole copy, which is asked. */
const standing = async (question) => {
  const about = await ask(registration.active, question);
  const newer = registration.waiting || about.version !== version;
  return [newer ? 'waiting' : 'ready', about.bytes, about.bytes];
};

/** Works out from the browser's registration how things stand. */
const settle = async () => {
  if (erased || !registration) return;
  const { active, installing, waiting } = registration;
  if (!active || active.state !== 'activated') {
    if (!active && !installing && !waiting) tell(failed, 0, 0);
    return;
  }
  // The first copy: the page that it is a copy of goes on with it.
  const question = navigator.serviceWorker.controller ? 'about' : 'claim';
  // What came before anybody kept it: a kiosk would miss it at its first reload without a network.
  const news = await standing({ ask: question, fetched: [...addresses] });
  if (!erased) tell(...news);
};

/** Says at once what an earlier visit has left; for that nothing is begun, and nobody but the browser is asked. */
const recall = async () => {
  let news = ['absent', 0, 0];
  try {
    const own = lacking() ? undefined : await navigator.serviceWorker.getRegistration(scope);
    // A site above this one may have a copy too.
    if (own?.scope === scope) registration ??= own;
    if (registration?.active?.state === 'activated') news = await standing({ ask: 'about' });
  } catch {
    // The browser forbids it: `start` hears so too, and says it.
  }
  if (state[0] === 'checking') tell(...news);
};

const follow = (worker) => {
  if (!worker) return;
  worker.addEventListener('statechange', settle);
  if (worker.state === 'installing' && !registration.active) tell('storing', 0, 0);
};

const GPU = 'engine-gpu';

/** The one in use; once there is one with the GPU part, which has all that the other has, that one. */
const engineToStore = async () => {
  const { active } = (await navigator.serviceWorker.getRegistration(scope)) ?? {};
  return active?.scriptURL.includes(GPU) ? GPU : (await engineProgram.load()).program;
};

/** Makes the copy, or looks whether there is a newer one; to be called when all that the visitor waits for is there. */
const start = async () => {
  if (begun || erased) return;
  const why = lacking();
  if (why) return tell(why, 0, 0);
  try {
    const used = { engine: await engineToStore(), arithmetic: featureWorkers.arithmetic() };
    const address = `./service-worker.js?${new URLSearchParams(used)}`;
    registration = await navigator.serviceWorker.register(address, { updateViaCache: 'none' });
  } catch (error) {
    return tell(error.name === 'SecurityError' ? 'browser' : 'files', 0, 0);
  }
  if (!registration) return tell('browser', 0, 0); // forbidden from outside
  begun = true;
  registration.addEventListener('updatefound', () => follow(registration.installing));
  for (const worker of [registration.installing, registration.waiting, registration.active]) follow(worker);
  setInterval(() => look().catch(() => {}), LOOK_EVERY);
  await settle();
};

navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  if (data.failed) {
    failed = data.failed;
    settle(); // the browser may have told of the worker's end before
  } else if (data.stored !== undefined && !registration?.active) {
    tell('storing', data.stored, data.bytes);
  }
});

/** Asks the site for a newer version: `same`, `newer`, `broken` or `unreachable`. */
const look = async () => {
  if (!registration) return 'unreachable';
  try {
    await registration.update();
  } catch {
    return 'unreachable';
  }
  const { installing } = registration;
  if (installing) {
    await new Promise((resolve) => {
      installing.addEventListener('statechange', () => resolve());
    });
    if (installing.state === 'redundant') return 'broken';
  }
  return registration.waiting ? 'newer' : 'same';
};

/** The new version takes over and the page is loaded anew; `others` if that would take other open pages with it. */
const takeOver = async () => {
  const waiting = registration?.waiting;
  if (!waiting) return location.reload();
  const { windows } = await ask(waiting, { ask: 'about' });
  if (windows > 1) return 'others';
  waiting.addEventListener('statechange', () => {
    if (waiting.state === 'activated') location.reload();
  });
  waiting.postMessage({ ask: 'take over' });
  return 'taking over';
};

// A page whose version is gone: another one, opened at that moment, has switched.
const hadCopy = Boolean(navigator.serviceWorker?.controller);
navigator.serviceWorker?.addEventListener('controllerchange', () => {
  if (hadCopy && !erased) location.reload();
});

const wipe = (storage) => {
  for (const key of Object.keys(storage)) if (key.startsWith(`${OWN}.`)) storage.removeItem(key);
};

/** Removes all that this site keeps in this browser, and says what could not be: an empty text if all is gone. */
const erase = async () => {
  erased = true;
  const steps = {
    localStorage: () => wipe(localStorage),
    sessionStorage: () => wipe(sessionStorage),
    'service worker': async () => {
      const own = lacking() ? undefined : await navigator.serviceWorker.getRegistration(scope);
      if (own?.scope !== scope) return;
      for (const worker of [own.installing, own.waiting, own.active]) worker?.postMessage({ ask: 'forget' });
      await own.unregister();
    },
    caches: async () => {
      // Several sites may share an origin: each has its own part of it.
      const names = globalThis.caches ? await caches.keys() : [];
      for (const name of names) if (name.endsWith(scope)) await caches.delete(name);
    },
    IndexedDB: async () => {
      await kept.erase();
    },
  };
  const left = [];
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
    } catch {
      left.push(name);
    }
  }
  tell('erased', 0, 0);
  return left.join(', ');
};

// ---- the network ----

const fetched = { own: 0, bytes: 0, other: 0 };
const addresses = new Set(); // of this site
/** Takes in the browser's own records of what was fetched, of this page or of its engine. */
const takeIn = (records) => {
  for (const { name, bytes } of records) {
    const url = new URL(name, document.baseURI);
    if (!['http:', 'https:'].includes(url.protocol)) continue;
    if (url.origin === location.origin) {
      fetched.own += 1;
      addresses.add(url.href);
    } else fetched.other += 1;
    fetched.bytes += bytes;
  }
};
const records = (entries) => entries.map(({ name, transferSize }) => ({ name, bytes: transferSize ?? 0 }));
new PerformanceObserver((list) => takeIn(records(list.getEntries()))).observe({ type: 'resource', buffered: true });
takeIn(records(performance.getEntriesByType('navigation')));

// ---- installing ----

let prompt;
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  prompt = event;
});
const install = async () => {
  const offered = prompt;
  prompt = undefined;
  await offered?.prompt();
};

recall();

globalThis.offline = {
  start,
  look,
  takeOver,
  erase,
  install,
  takeIn,
  watch: (listener) => {
    hear = listener;
    hear(...state);
  },
  /** Requests to this site, bytes of all answers that came over the network, requests to others. */
  fetched: () => [fetched.own, fetched.bytes, fetched.other],
  installable: () => Boolean(prompt),
};
