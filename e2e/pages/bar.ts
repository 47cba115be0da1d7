import type { Page } from '@playwright/test';

/** The bar above: what computes, theme, about. */
export class Bar {
  readonly device;
  readonly theme;
  readonly about;
  readonly dialog;

  constructor(readonly page: Page) {
    this.device = page.getByTestId('device-badge');
    this.theme = page.getByTestId('theme');
    this.about = page.getByRole('banner').getByTestId('about');
    /** The one that is open. */
    this.dialog = page.getByRole('dialog');
  }

  async closeDialog() {
    await this.page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
