// Reads QR codes in the pictures that the page posts: with what the browser has for it, else with the scanner's WebAssembly,
// which is fetched for the first picture. Takes { width, height, pixels }, four bytes a pixel; answers { texts } or { error }.

const builtIn = async () => {
  const { BarcodeDetector } = self;
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  if (!formats.includes('qr_code')) return undefined;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async ({ width, height, pixels }) => {
    const found = await detector.detect(new ImageData(new Uint8ClampedArray(pixels), width, height));
    return found.map(({ rawValue }) => rawValue);
  };
};

const own = async () => {
  importScripts('./scanner.js');
  await wasm_bindgen({ module_or_path: './scanner_bg.wasm' });
  return ({ width, height, pixels }) => wasm_bindgen.read(width, height, new Uint8Array(pixels));
};

let reader;

onmessage = async ({ data }) => {
  try {
    reader ??= (await builtIn().catch(() => undefined)) ?? (await own());
    postMessage({ texts: await reader(data) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
