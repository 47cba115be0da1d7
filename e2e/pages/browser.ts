import type { Page } from '@playwright/test';

/** Takes WebGPU away from the page and from its engine, as in a browser that does not have it. */
export const withoutWebGpu = async (page: Page) => {
  const forget = () => Reflect.deleteProperty(Object.getPrototypeOf(navigator), 'gpu');
  await page.addInitScript(forget);
  await beforeEngine(page, `(${forget})();`);
};

/** Puts lines of JavaScript before those of the engine's worker. */
export const beforeEngine = async (page: Page, lines: string) => {
  await page.route('**/engine-start.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${lines}\n${await response.text()}` });
  });
};

const LOSE = 'lose the GPU';

/** Lets a test take the GPU away from the engine with `loseGpu`; to be called before the page is opened. */
export const losable = (page: Page) =>
  beforeEngine(
    page,
    `{
      const { prototype } = GPUAdapter;
      const { requestDevice } = prototype;
      prototype.requestDevice = async function (...wanted) {
        const device = await requestDevice.apply(this, wanted);
        new BroadcastChannel('${LOSE}').onmessage = () => device.destroy();
        return device;
      };
    }`,
  );

export const loseGpu = (page: Page) =>
  page.evaluate((channel) => new BroadcastChannel(channel).postMessage(null), LOSE);

/** Reaches the page's engines, newest last; to be called before the page is opened. */
export const keepWorkers = async (page: Page) => {
  await page.addInitScript(() => {
    const workers: Worker[] = [];
    Object.assign(globalThis, {
      workers,
      Worker: class extends Worker {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (String(url).includes('engine')) workers.push(this);
        }
      },
    });
  });
};

export const requestAdapter = (page: Page): Promise<string | undefined> =>
  page.evaluate(async () => {
    const { gpu } = navigator as unknown as {
      gpu?: { requestAdapter(): Promise<{ info: { vendor: string } } | null> };
    };
    return (await gpu?.requestAdapter())?.info.vendor;
  });
