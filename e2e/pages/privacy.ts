import { expect, type Page } from '@playwright/test';
import { begin, say } from './words.ts';

/** What leaves this computer, what it stores, and the copy for offline use. */
export class Privacy {
  readonly open;
  readonly dialog;
  readonly state;
  readonly own;
  readonly other;
  readonly stored;
  readonly version;
  readonly look;
  readonly looked;
  readonly erase;
  readonly erased;
  readonly newVersion;
  readonly switch;

  constructor(readonly page: Page) {
    this.open = page.getByTestId('open-privacy');
    this.dialog = page.getByTestId('privacy');
    /** The copy, in a few words. */
    this.state = page.getByTestId('offline-state');
    this.own = page.getByTestId('requests-own');
    this.other = page.getByTestId('requests-other');
    this.stored = page.getByTestId('stored').getByRole('listitem');
    this.version = page.getByTestId('version');
    this.look = page.getByTestId('look-for-version');
    this.looked = page.getByTestId('looked');
    this.erase = page.getByTestId('erase-stored');
    this.erased = page.getByTestId('erased');
    this.newVersion = page.getByTestId('new-version');
    this.switch = page.getByTestId('switch-version');
  }

  async expectReady() {
    await expect(this.state).toContainText(begin('offline.ready'), { timeout: 90_000 });
  }

  /** Megabytes that the copy has, as the page says. */
  async size(): Promise<number> {
    return Number((await this.state.textContent())?.match(/\d+/)?.[0]);
  }

  /** Requests to the page's own site, as the page counts them. */
  async ownRequests(): Promise<number> {
    return Number((await this.own.textContent())?.match(/^\d+/)?.[0]);
  }

  async close() {
    await this.page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  /** Asks the site for a newer version, and gives what the page says of it. */
  async lookForVersion(): Promise<string> {
    await this.open.click();
    await this.look.click();
    await expect(this.looked).not.toHaveText(say('offline.looking'), { timeout: 60_000 });
    const said = (await this.looked.textContent()) ?? '';
    await this.close();
    return said;
  }
}
