// What this browser keeps of the work of a visit, in IndexedDB: `globalThis.kept`. Each visit (a tab) has a record of its own,
// and a lock on it for as long as it lasts, so that two tabs do not overwrite each other. What is in a record, the page knows.
// Images lie beside it where the visitor has asked for that.

const NAME = 'firstread';
const VERSION = 2; // of the stores, not of what is in them
const WORK = ['work', 'network'];
const IMAGES = ['images'];
const STORES = [...WORK, ...IMAGES];
const VISIT = 'firstread.visit';
const MOST_LEFT = 3; // records of earlier visits
const PATIENCE = 1_000; // milliseconds, until a page that was reloaded has let go of its lock

let base;
let stopped = false;
let own;

const openBase = () => {
  base ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      for (const store of STORES) if (!there.contains(store)) request.result.createObjectStore(store);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const { result } = request;
      // Another tab erases everything, or is of a later version: it must not wait for this one.
      result.onversionchange = () => {
        stopped = true;
        result.close();
      };
      result.onclose = () => {
        base = undefined; // the browser has taken it away
      };
      resolve(result);
    };
  });
  base.catch(() => {
    base = undefined;
  });
  return base;
};

/** What `act` asks of these stores, once all of it is on the disk. */
const within = async (stores, mode, act) => {
  const transaction = (await openBase()).transaction(stores, mode);
  const asked = act(...stores.map((store) => transaction.objectStore(store)));
  if (mode === 'readwrite') transaction.commit?.(); // without another turn, which a page that is left may not have
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(asked && asked.map((request) => request.result));
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
  });
};

const lockOf = (visit) => `${VISIT}.${visit}`;

let letGo = () => {};

/** Whether this visit is now the one of this name, until it ends or takes another. */
const take = (visit) =>
  new Promise((resolve) => {
    if (!navigator.locks) return resolve(true);
    const signal = AbortSignal.timeout(PATIENCE);
    const held = () =>
      new Promise((release) => {
        letGo();
        letGo = release;
        resolve(true);
      });
    navigator.locks.request(lockOf(visit), { signal }, held).catch(() => resolve(false));
  });

const remember = (visit) => {
  own = visit;
  try {
    sessionStorage.setItem(VISIT, JSON.stringify(visit));
  } catch {} // then this visit comes back as one of another tab
};

/** A name that no other visit has. */
const renew = async () => {
  const visit = `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
  await take(visit);
  remember(visit);
};

/** This tab's own record, else the newest that no tab has open: `{ own, visit, saved, query, work, network }`, if there is one. */
const begin = async () => {
  let before;
  try {
    before = JSON.parse(sessionStorage.getItem(VISIT));
  } catch {}
  // A tab that was duplicated has the name of another, which lives.
  const isBack = typeof before === 'string' && (await take(before));
  if (isBack) remember(before);
  else await renew();
  const [visits, records] = await within(WORK, 'readonly', (work) => [work.getAllKeys(), work.getAll()]);
  const found = async (visit, record, isOwn) => {
    const [network] = await within(WORK, 'readonly', (_, networks) => [networks.get(visit)]);
    return { ...record, visit, network, own: isOwn };
  };
  const all = visits.map((visit, at) => ({ visit, record: records[at] }));
  const mine = isBack && all.find(({ visit }) => visit === own);
  const { held } = (await navigator.locks?.query()) ?? {};
  if (held) {
    const live = new Set(held.map(({ name }) => name));
    const left = all.filter(({ visit }) => visit !== own && !live.has(lockOf(visit)));
    left.sort((one, other) => other.record.saved - one.record.saved);
    const old = left.slice(MOST_LEFT);
    if (old.length) await forget(old.map(({ visit }) => visit));
    if (!mine && left.length) return found(left[0].visit, left[0].record, false);
  }
  return mine ? found(own, mine.record, true) : undefined;
};

const forget = (visits) =>
  within(STORES, 'readwrite', (...stores) => {
    for (const visit of visits) for (const store of stores) store.delete(visit);
  });

/** From now on this visit goes on with the record of another, which has ended; `false` if that is open in a tab. */
const adopt = async (visit) => {
  if (!(await take(visit))) return false;
  remember(visit);
  return true;
};

/** What is wrong: an empty text if nothing is. */
const said = (error) => {
  if (stopped) return 'stopped';
  if (error?.name === 'QuotaExceededError') return 'full';
  return error?.name === 'VersionError' ? 'later' : 'forbidden';
};

/** Keeps the work; of `network`, null removes what there is and undefined leaves it. */
const write = async (work, network, query) => {
  if (stopped) return 'stopped';
  try {
    await within(WORK, 'readwrite', (records, networks) => {
      records.put({ saved: Date.now(), query, work }, own);
      if (network) networks.put(network, own);
      else if (network === null) networks.delete(own);
    });
    return '';
  } catch (error) {
    return said(error);
  }
};

/** Keeps the files of the images, in the order of their paths; without any, removes those that there are. */
const writeImages = async (paths, files) => {
  if (stopped) return 'stopped';
  try {
    await within(IMAGES, 'readwrite', (images) => {
      if (files.length) images.put({ paths, files }, own);
      else images.delete(own);
    });
    return '';
  } catch (error) {
    return said(error);
  }
};

/** The files of this visit's images, `{ paths, files }`, if they are kept. */
const images = async () => {
  if (stopped) return undefined;
  const [found] = await within(IMAGES, 'readonly', (store) => [store.get(own)]);
  return found;
};

const sum = (numbers) => numbers.reduce((all, own) => all + own, 0);

/** How many visits are kept and the bytes of all; how many images and the bytes of those. */
const size = async () => {
  if (stopped) return [0, 0, 0, 0];
  const [records, networks, kept] = await within(STORES, 'readonly', (...stores) => stores.map((store) => store.getAll()));
  const bytes = [...records.map(({ work }) => work.byteLength), ...networks.map((network) => network.size)];
  const files = kept.flatMap((own) => own.files);
  return [records.length, sum(bytes), files.length, sum(files.map((file) => file.size))];
};

/** Removes all of it, of all tabs, and keeps nothing more. */
const erase = async () => {
  stopped = true;
  (await base?.catch(() => undefined))?.close();
  if (!globalThis.indexedDB) return;
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
};

globalThis.kept = {
  begin: async () => {
    try {
      return await begin();
    } catch (error) {
      return said(error);
    }
  },
  renew,
  adopt,
  write,
  writeImages,
  images,
  /** Of this visit. */
  forget: () => (stopped ? undefined : forget([own])),
  size,
  erase,
};
