// The engine's program. There are two: with burn's GPU part where the browser has a graphics processor, and without it, far
// smaller, elsewhere. Which device computes, the engine itself decides.

const CPU = 'engine-cpu';
const GPU = 'engine-gpu';

const adapter = () =>
  navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);

/** What this browser has use for; an imitated graphics processor is one only where the link asks for it. */
const wanted = async () => {
  if (globalThis.inlined) return GPU; // the only one in the single file
  const asked = new URLSearchParams(location.search).get('device');
  if (asked === 'cpu') return CPU;
  const found = await adapter();
  return found && (asked === 'webgpu' || !found.info?.isFallbackAdapter) ? GPU : CPU;
};

const compile = async (program) => ({
  program,
  module: await WebAssembly.compileStreaming(fetch(`./${program}_bg.wasm`, { priority: 'low' })),
});

/** Either computes, if need be, and a copy for offline use has only one. */
const compileEither = async () => {
  const first = await wanted();
  try {
    return await compile(first);
  } catch (error) {
    return compile(first === CPU ? GPU : CPU).catch(() => Promise.reject(error));
  }
};

let loading;

/** `{ program, module }`: its name, and its compiled form. Fetched once, and again after a failure. */
const load = () => {
  loading ??= compileEither().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

globalThis.engineProgram = { load };
