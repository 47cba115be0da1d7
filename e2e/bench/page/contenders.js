// What takes turns in the page. A script outside says whose turn it is; the times are taken in here.

import { startWorker } from './asking.js';
import { startFeatureWorker } from './feature-workers.js';

/** Images that take turns where many are computed. */
const DIFFERENT = 16;

/** How one worker is started, by whose it is. Each gives `features(place)`, of one image or of a batch from there on. */
const library = async (name, options) => {
  const worker = await startWorker(name, options);
  return { note: worker.note, features: (place) => worker.call('features', place), end: worker.end };
};

const startComputing = async ({ program, workers, images, batch = 1, ...rest }) => {
  const options = { different: DIFFERENT, batch, ...rest };
  const start = () => (program === 'feature-workers' ? startFeatureWorker(options) : library(program, options));
  const pool = await Promise.all(Array.from({ length: workers }, start));
  return {
    note: pool[0].note,
    once: async () => {
      const begun = performance.now();
      let next = 0;
      await Promise.all(
        pool.map(async (worker) => {
          while (next < images) {
            const first = next;
            next += batch;
            await worker.features(first);
          }
        }),
      );
      return performance.now() - begun;
    },
    features: async (place) => [...(await pool[0].features(place))],
    end: () => pool.forEach((worker) => worker.end()),
  };
};

const startTraining = async ({ program, ...options }) => {
  const worker = await startWorker(program, options);
  return {
    once: () => worker.call('once'),
    sizes: () => worker.call('sizes'),
    differences: () => worker.call('differences'),
    end: worker.end,
  };
};

/** By name. */
const contenders = new Map();

globalThis.contenders = {
  /** `recipe` in the options: it trains. What there is to note of it. */
  start: async (name, options) => {
    const contender = await (options.recipe ? startTraining : startComputing)(options);
    contenders.set(name, contender);
    return contender.note;
  },
  /** Milliseconds. */
  once: (name) => contenders.get(name).once(),
  features: (name, place) => contenders.get(name).features(place),
  sizes: (name) => contenders.get(name).sizes(),
  differences: (name) => contenders.get(name).differences(),
  end: (name) => {
    contenders.get(name).end();
    contenders.delete(name);
  },
};
