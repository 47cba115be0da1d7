// The files that the engine asks for first, fetched while its program is still on its way. The images come before the weights:
// they can be looked at already.

const FILES = ['films/built-in.zip', 'weights/mobilenetv2.safetensors'];

/** The bytes of a file; nothing where it did not come: the engine then asks for it itself, and tells of what is wrong. */
const bytes = async (address) => {
  try {
    const response = await fetch(`./${address}`, { priority: 'low' });
    return response.ok ? await response.arrayBuffer() : undefined;
  } catch {
    return undefined;
  }
};

let begun = false;

/**
 * Fetches them for the first engine, one after the other, and hands them to it as { early: address, bytes }. Returns the
 * addresses that the engine need not ask for. The single file has them in it.
 */
const fetchFor = (engine) => {
  if (begun || globalThis.inlined) return [];
  begun = true;
  let before = Promise.resolve();
  for (const early of FILES) {
    before = before.then(() => bytes(early));
    before.then((bytes) => engine.postMessage({ early, bytes }, bytes ? [bytes] : []));
  }
  return FILES;
};

globalThis.earlyFiles = { fetchFor };
