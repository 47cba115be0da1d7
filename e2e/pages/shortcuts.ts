import type { Page } from '@playwright/test';

/** What else separates the classes, at Look. */
export class Shortcuts {
  readonly panel;
  readonly find;
  readonly said;
  /** The best first. */
  readonly rows;
  readonly inVain;

  constructor(readonly page: Page) {
    this.panel = page.getByTestId('shortcuts');
    this.find = this.panel.getByTestId('find-shortcuts');
    this.said = this.panel.getByTestId('shortcuts-said');
    this.rows = this.panel.getByTestId('shortcuts-table').locator('tbody tr');
    this.inVain = this.panel.getByTestId('shortcuts-in-vain');
  }
}
