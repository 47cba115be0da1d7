// Reads QR codes in the pictures that the page hands over: with what the browser has for it, else with the scanner's
// WebAssembly, which is fetched for the first picture. Takes { picture }, an ImageBitmap, and { still } for one that is not
// of a camera's many; answers { texts } or { error }.

// Browsers hide these of workers from the page's console.
addEventListener('securitypolicyviolation', (event) => {
  console.error(`Content Security Policy: ${event.violatedDirective} forbids ${event.blockedURI}`);
});

// Along the longer side of what a camera sees: a code that fills a third of it still has four pixels a square.
const CAMERA_SIDE = 640;
// Of a picture in all: squares stay as they are on a long screenshot of a whole page.
const MOST_PIXELS = 8e6;

const builtIn = async () => {
  const { BarcodeDetector } = self;
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  if (!formats.includes('qr_code')) return undefined;
  const detector = new BarcodeDetector({ formats: ['qr_code'] });
  return async (picture) => [...new Set((await detector.detect(picture)).map(({ rawValue }) => rawValue))];
};

const pixelsOf = (picture, still) => {
  const most = still
    ? Math.sqrt(MOST_PIXELS / (picture.width * picture.height))
    : CAMERA_SIDE / Math.max(picture.width, picture.height);
  const shrink = Math.min(most, 1);
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(Math.round(side * shrink), 1));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
};

const own = async () => {
  importScripts('./scanner.js');
  await wasm_bindgen({ module_or_path: './scanner_bg.wasm' });
  return (picture, still) => {
    const { width, height, data } = pixelsOf(picture, still);
    return wasm_bindgen.read(width, height, new Uint8Array(data.buffer));
  };
};

let reader;

onmessage = async ({ data: { picture, still } }) => {
  try {
    reader ??= (await builtIn().catch(() => undefined)) ?? (await own());
    postMessage({ texts: await reader(picture, still) });
  } catch (error) {
    postMessage({ error: String(error) });
  } finally {
    picture.close();
  }
};
