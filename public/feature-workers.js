// The workers that compute features on the CPU, each with a small program of its own. The engine says when it wants one, and
// talks to it over a port; the page starts it, since a worker that an engine starts itself has to wait for that engine.

/** A function that swaps bytes as only relaxed SIMD does: whether a browser compiles it, says whether it knows that. */
const RELAXED_SIMD = Uint8Array.of(
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0, 65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11,
);

/** With relaxed SIMD a processor may multiply and add in one go. Asked late: a browser without WebAssembly has yet to be told. */
const arithmetic = () => (WebAssembly.validate(RELAXED_SIMD) ? 'relaxed' : 'plain');

const compile = () => WebAssembly.compileStreaming(fetch(`./feature-worker-${arithmetic()}_bg.wasm`));

let program;

/** Starts compiling, so that it is there when the first worker is wanted. */
const prepare = () => {
  program = compile();
  program.catch(() => {}); // the first worker tells of it
};

/**
 * Starts workers for an engine, and ends them with it. The engine's messages { startWorker, port } and { endWorker } are
 * answered here; it is told { lostWorker, detail } of one that has stopped.
 */
const serve = (engine) => {
  const workers = new Map();

  const start = (id, port) => {
    const worker = new Worker('./feature-worker-start.js');
    workers.set(id, worker);
    const lost = (detail) => engine.postMessage({ lostWorker: id, detail });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      lost(event.message ?? ''); // a script that does not load gives an event without a message
    });
    program ??= compile();
    program.then(
      (module) => worker.postMessage({ module, port }, [port]),
      (error) => {
        program = undefined; // so that the next one downloads it again
        lost(String(error));
      },
    );
  };

  const end = (id) => {
    workers.get(id)?.terminate();
    workers.delete(id);
  };

  engine.addEventListener('message', (event) => {
    const { startWorker, endWorker, port } = event.data;
    if (startWorker === undefined && endWorker === undefined) return;
    event.stopImmediatePropagation();
    if (port) start(startWorker, port);
    else end(endWorker);
  });

  const terminate = engine.terminate.bind(engine);
  engine.terminate = () => {
    for (const id of workers.keys()) end(id);
    terminate();
  };
};

globalThis.featureWorkers = { arithmetic, prepare, serve };
