// The copy of the site for offline use. e2e/service-worker.mjs puts this and Workbox into one file, with
//   FILES     [{ url, revision, integrity, size }] for each file of the site, and
//   CHANGING  files that whoever runs the site may change beside it,
//   LATER     files that are fetched and kept once somebody uses them, described as those of FILES,
//   VERSION   what index.html says too, in <meta name="version">.
//
// A new version is fetched whole beside the old one, each file against its hash, or not at all. It then waits until
// no page of the old one is open, or until the visitor says so: a page always has all files of one version.

import { addPlugins, addRoute, precache } from 'workbox-precaching';

/** Of programs that there are two of, the page says which this browser has use for; the other one is not stored. */
const used = new URLSearchParams(location.search);
const isStored = (url) => {
  if (/^engine-[cg]pu/.test(url)) return url.startsWith(used.get('engine'));
  return !/^feature-worker-(plain|relaxed)/.test(url) || url.includes(used.get('arithmetic'));
};
const files = FILES.filter(({ url }) => isStored(url));

const bytes = files.reduce((sum, file) => sum + file.size, 0);
const sizes = new Map(files.map(({ url, size }) => [new URL(url, location.href).pathname, size]));
const scope = () => self.registration.scope;

/** All windows with a page of this site, also those that this worker answers nothing for. */
const windows = async () => {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope()));
};

const tell = async (news) => {
  for (const window of await windows()) window.postMessage({ version: VERSION, ...news });
};

/** The visitor has erased everything: this worker, which may go on for a while, stores nothing more. */
let gone = false;

let stored = 0;
const count = async ({ request }) => {
  stored += sizes.get(new URL(request.url).pathname) ?? 0;
  await tell({ stored, bytes });
};

/** Whether a file could not be stored for want of room: browsers do not always say so by the error's name. */
const isFull = async (error) => {
  if (error?.name === 'QuotaExceededError') return true;
  const { quota = Infinity, usage = 0 } = await navigator.storage.estimate();
  return quota - usage < bytes - stored;
};

addPlugins([
  {
    // What the page has just fetched lies in the browser's own cache, and is only asked about, not sent again.
    requestWillFetch: async ({ request, event }) =>
      event?.type === 'install' ? new Request(request, { cache: 'no-cache' }) : request,
    cacheWillUpdate: async ({ response }) => (gone || !response || response.status >= 400 ? null : response),
    cacheDidUpdate: async ({ request, event }) => {
      if (event?.type === 'install') await count({ request });
    },
    // Unchanged since the last version.
    cachedResponseWillBeUsed: async ({ request, cachedResponse, event }) => {
      if (event?.type === 'install' && cachedResponse) await count({ request });
      return cachedResponse;
    },
    handlerDidError: async ({ error, event }) => {
      if (event?.type === 'install') await tell({ failed: (await isFull(error)) ? 'full' : 'files' });
    },
  },
]);
precache(files);
// What a link says is read by the page.
addRoute({ ignoreURLParametersMatching: [/./], directoryIndex: 'index.html', cleanURLs: false });

/** As it is now, and as it was last where there is no network. */
const newest = async (request) => {
  const cache = await caches.open(`firstread-changing-${scope()}`);
  try {
    const response = await fetch(request, { cache: 'no-cache' });
    if (response.ok && !gone) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
};

const changing = CHANGING.map((url) => new URL(url, location.href).href);
addEventListener('fetch', (event) => {
  if (changing.includes(event.request.url)) event.respondWith(newest(event.request));
});
addEventListener('install', (event) => {
  event.waitUntil(Promise.allSettled(changing.map((url) => newest(new Request(url)))));
});

// Files that few visitors need. One that has been used is kept, and comes with the next version too.
const later = new Map(LATER.map((file) => [new URL(file.url, location.href).href, file]));
const laterCache = () => caches.open(`firstread-later-${scope()}`);
const keyOf = (url) => `${url}?revision=${later.get(url).revision}`;

const fetchLater = async (url) => {
  // Of this version, or not at all.
  const fetched = () => fetch(url, { cache: 'no-cache', integrity: later.get(url).integrity });
  // A cache is made by asking for it.
  if (gone) return fetched();
  const cache = await laterCache();
  const kept = await cache.match(keyOf(url));
  if (kept) return kept;
  const response = await fetched();
  if (response.ok && !gone) await cache.put(keyOf(url), response.clone()).catch(() => {}); // without room it is fetched each time
  return response;
};

addEventListener('fetch', (event) => {
  if (later.has(event.request.url)) event.respondWith(fetchLater(event.request.url));
});
/** Keeps those of these that were fetched before this worker answered. */
const keepLater = (urls) => Promise.allSettled(urls.filter((url) => later.has(url)).map(fetchLater));
addEventListener('install', (event) => {
  const renew = async () => {
    const kept = await (await laterCache()).keys();
    const used = [...later.keys()].filter((url) => kept.some((key) => key.url.startsWith(`${url}?`)));
    await Promise.allSettled(used.map(fetchLater));
  };
  event.waitUntil(renew());
});
addEventListener('activate', (event) => {
  const tidy = async () => {
    const cache = await laterCache();
    const own = new Set([...later.keys()].map(keyOf));
    for (const key of await cache.keys()) if (!own.has(key.url)) await cache.delete(key);
  };
  event.waitUntil(tidy());
});

/**
 * From now on answers for the page that asks, which came from the network, so that it can go on without. Only if it
 * is of this version, and if no other page, of who knows which, would be answered too.
 */
const claim = async (asking, version) => {
  const own = new Set((await self.clients.matchAll({ type: 'window' })).map(({ id }) => id));
  const others = (await windows()).filter(({ id }) => !own.has(id) && id !== asking.id);
  if (version === VERSION && others.length === 0) await self.clients.claim();
};

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

addEventListener('message', (event) => {
  const { ask, version, fetched = [] } = event.data;
  const answer = async () => {
    if (ask === 'take over') return self.skipWaiting();
    if (ask === 'forget') gone = true;
    if (ask === 'claim') await claim(event.source, version);
    if (version === VERSION) await keepLater(fetched);
    event.ports[0]?.postMessage({ version: VERSION, bytes, windows: (await windows()).length });
  };
  event.waitUntil(answer());
});
