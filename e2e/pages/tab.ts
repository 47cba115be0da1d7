import type { Page } from '@playwright/test';

/** What a browser does to a tab that nobody looks at. */
export class Tab {
  constructor(readonly page: Page) {}

  /** Stops every task of the page and of its workers, as browsers do to save power; `active` ends it. */
  async lifecycle(state: 'frozen' | 'active') {
    const devTools = await this.page.context().newCDPSession(this.page);
    await devTools.send('Page.setWebLifecycleState', { state });
    await devTools.detach();
  }

  /** As the page opens in a tab that has never had it. */
  async openAnew() {
    await this.page.evaluate(() => sessionStorage.removeItem('firstread.visit'));
    await this.page.reload();
  }

  /** As after another tab has been brought to the front, and back: what a script can see of it. */
  async visible(visible: boolean) {
    await this.page.evaluate((visible) => {
      const state = visible ? 'visible' : 'hidden';
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => !visible });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visible);
  }
}

/** The browser forbids the page to store anything: the mere asking throws. To be called before the page is opened. */
export const forbidStorage = (page: Page) =>
  page.addInitScript(() => {
    const forbidden = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(globalThis, name, { configurable: true, get: forbidden });
    }
  });

/** As some browsers do in a private window: nothing large is kept. To be called before the page is opened. */
export const forbidKeeping = (page: Page) =>
  page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });

/** Leaves no room for anything more, in what the origin has for it. */
export const fillStorage = (page: Page) =>
  page.evaluate(() => {
    const KEY = 'filled by a test';
    for (let size = 8 * 2 ** 20; size >= 1; size /= 2) {
      const more = 'x'.repeat(size);
      try {
        for (;;) localStorage.setItem(KEY, (localStorage.getItem(KEY) ?? '') + more);
      } catch {
        // A smaller piece may still find room.
      }
    }
  });
