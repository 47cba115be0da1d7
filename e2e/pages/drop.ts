import type { Page } from '@playwright/test';

/** A drag of files and folders of the disk over the middle of the page, as from the system's file manager. */
export type Drag = { over: () => Promise<void>; drop: () => Promise<void> };

export const drag = (page: Page, paths: string[]): Promise<Drag> =>
  page.context().browser()?.browserType().name() === 'firefox' ? inFirefox(page, paths) : inChromium(page, paths);

const inChromium = async (page: Page, files: string[]): Promise<Drag> => {
  const devTools = await page.context().newCDPSession(page);
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const place = { x: size.width / 2, y: size.height / 2 };
  const data = { items: [], files, dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devTools.send('Input.dispatchDragEvent', { type, ...place, data });
  return {
    over: async () => {
      await send('dragEnter');
      await send('dragOver');
    },
    drop: async () => {
      await send('drop');
      await devTools.detach();
    },
  };
};

/** WebDriver BiDi drags nothing into Firefox: the events are the test's, their files and entries the browser's. No folders. */
const inFirefox = async (page: Page, paths: string[]): Promise<Drag> => {
  const source = await page.evaluateHandle(() => {
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true });
    document.body.append(input);
    return input;
  });
  await source.setInputFiles(paths);
  const carried = await source.evaluateHandle((input) => {
    const transfer = new DataTransfer();
    for (const file of input.files ?? []) transfer.items.add(file);
    input.remove();
    return transfer;
  });
  const send = (...types: string[]) =>
    carried.evaluate((dataTransfer, types) => {
      const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2) ?? document.body;
      for (const type of types) {
        middle.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
      }
    }, types);
  return {
    over: () => send('dragenter', 'dragover'),
    drop: async () => {
      await send('drop');
      await Promise.all([source.dispose(), carried.dispose()]);
    },
  };
};
