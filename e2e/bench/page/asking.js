/** A library in a worker of its own; one question at a time. */
export const startWorker = async (module, options) => {
  const worker = new Worker('./worker.js');
  const ask = (message, transfer = []) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
      worker.onerror = (event) => reject(new Error(event.message || `${module} stopped`));
      worker.postMessage(message, transfer);
    });
  const started = ask({ module, options });
  started.catch(() => worker.terminate());
  return {
    note: await started,
    call: (call, argument) => ask({ call, argument }),
    end: () => worker.terminate(),
  };
};
