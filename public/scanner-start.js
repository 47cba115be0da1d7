// Reads QR codes in the pictures that the page hands over: with what the browser has for it, else with the scanner's
// WebAssembly, which is fetched for the first picture. Takes { picture }, an ImageBitmap; answers { texts } or { error }.

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

// Along the longer side: a code that fills a third of it still has four pixels a square.
const MOST_PIXELS = 640;

const builtIn = async () => {
  const { BarcodeDetector } = self;
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  if (!formats.includes('qr_code')) return undefined;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue);
};

const pixelsOf = (picture) => {
  const shrink = Math.min(MOST_PIXELS / Math.max(picture.width, picture.height), 1);
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(Math.round(side * shrink), 1));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
};

const own = async () => {
  importScripts('./scanner.js');
  await wasm_bindgen({ module_or_path: './scanner_bg.wasm' });
  return (picture) => {
    const { width, height, data } = pixelsOf(picture);
    return wasm_bindgen.read(width, height, new Uint8Array(data.buffer));
  };
};

let reader;

onmessage = async ({ data: { picture } }) => {
  try {
    reader ??= (await builtIn().catch(() => undefined)) ?? (await own());
    postMessage({ texts: await reader(picture) });
  } catch (error) {
    postMessage({ error: String(error) });
  } finally {
    picture.close();
  }
};
