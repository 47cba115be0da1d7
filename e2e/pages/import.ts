import type { Page } from '@playwright/test';

/** A network that comes back from a file. */
export class Import {
  readonly choose;
  /** The network that is there came out of a file. */
  readonly here;
  readonly origin;
  readonly card;
  readonly goOn;
  readonly refused;
  readonly needsFilms;
  /** At Test and at Try, while they are shown. */
  readonly unknown;

  constructor(readonly page: Page) {
    this.choose = page.getByTestId('import-choose');
    this.here = page.getByTestId('import-here');
    this.origin = page.getByTestId('import-origin');
    this.card = page.getByTestId('import-card');
    this.goOn = page.getByTestId('import-go-on');
    this.refused = page.getByTestId('import-failed');
    this.needsFilms = page.getByTestId('import-needs-films');
    this.unknown = page.getByTestId('unknown-images').filter({ visible: true });
  }

  async give(path: string) {
    await this.page.getByTestId('import-files').setInputFiles(path);
  }
}
