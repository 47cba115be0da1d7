import { expect, type Locator, type Page } from '@playwright/test';

/** More presses than any path on the page needs. */
const MOST_PRESSES = 60;

/** A visitor without a mouse. */
export class Keyboard {
  constructor(readonly page: Page) {}

  async press(key: string) {
    await this.page.keyboard.press(key);
  }

  /** Goes on by Tab until `target` has the focus; it must be seen there. */
  async tabTo(target: Locator) {
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      await this.press('Tab');
      if (await target.evaluate((element) => element === document.activeElement)) {
        return this.expectSeen(target);
      }
    }
    throw new Error(`${MOST_PRESSES} presses of Tab did not reach ${target}`);
  }

  /** The focus has a ring. */
  async expectSeen(target: Locator) {
    await expect(target).toBeFocused();
    await expect(target).toBeInViewport();
    const ring = await target.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth);
    });
    expect(ring, 'width of the ring around the focus').toBeGreaterThan(0);
  }
}
