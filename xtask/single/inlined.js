// The beginning of the single file's page and of each of its workers. A page that was opened from a disk can fetch nothing and
// start no worker by address: both are answered here, from what the file holds, so that the programs need not know of it.
{
  /** What can be fetched, by address: `{ bytes, gzip, type }`, the bytes a Blob. */
  let files = {};
  /** Scripts of workers by the address of the first of them, with all that they import. */
  let scripts = {};

  const page = globalThis.document;
  const base = page ? new URL('.', document.baseURI).href : '';

  const nameOf = (address) => {
    const path = String(address?.url ?? address);
    return (base && path.startsWith(base) ? path.slice(base.length) : path).replace(/^\.\//, '');
  };

  const answer = ({ bytes, gzip, type }) => {
    const body = gzip ? bytes.stream().pipeThrough(new DecompressionStream('gzip')) : bytes;
    return new Response(body, { headers: { 'content-type': type } });
  };

  const browserFetch = globalThis.fetch;
  globalThis.fetch = async (address, options) => {
    const file = files[nameOf(address)];
    return file ? answer(file) : browserFetch(address, options);
  };

  const urls = {};
  const BrowserWorker = globalThis.Worker;
  globalThis.Worker = class extends BrowserWorker {
    constructor(address, options) {
      const name = nameOf(address);
      urls[name] ??= URL.createObjectURL(new Blob([scripts[name]], { type: 'text/javascript' }));
      super(urls[name], options);
      this.postMessage({ files });
    }
  };

  const bytesOf = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let place = 0; place < text.length; place += 1) bytes[place] = text.charCodeAt(place);
    return bytes;
  };

  if (page) {
    for (const block of document.querySelectorAll('script[data-file]')) {
      const { file, type, gzip } = block.dataset;
      files[file] = { bytes: new Blob([bytesOf(block.textContent)], { type }), gzip: gzip !== undefined, type };
      block.remove(); // the text of it is as long again
    }
    for (const block of document.querySelectorAll('script[data-worker]')) {
      scripts[block.dataset.worker] = block.textContent;
    }
  } else {
    globalThis.importScripts = () => {}; // what they would bring is in this script
    const take = (event) => {
      event.stopImmediatePropagation();
      ({ files } = event.data);
    };
    addEventListener('message', take, { once: true });
  }
}
