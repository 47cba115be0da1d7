import { expect, type Page } from '@playwright/test';

type Part = 'train' | 'validation' | 'test' | 'all';

/** The films on the light box, and where they come from. */
export class Look {
  readonly section;
  readonly films;
  readonly next;
  readonly builtIn;
  readonly loadError;
  readonly skipped;
  readonly roles;
  readonly viewer;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-look');
    this.films = this.section.getByTestId('grid').getByTestId('film');
    this.next = this.section.getByTestId('primary');
    this.builtIn = this.section.getByTestId('pack-built-in');
    this.loadError = this.section.getByTestId('load-error');
    this.skipped = this.section.getByTestId('skipped');
    this.roles = this.section.getByTestId('roles');
    this.viewer = page.getByTestId('viewer');
  }

  /** The button with the count of a class, by its place, in a part. */
  count(classPlace: number | 'all', part: Part) {
    return this.section.getByTestId(`count-${classPlace}-${part}`);
  }

  /** Training, validation, test and all of a class. */
  async expectCounts(classPlace: number | 'all', counts: [number, number, number, number]) {
    const parts: Part[] = ['train', 'validation', 'test', 'all'];
    for (const [place, part] of parts.entries()) {
      await expect(this.count(classPlace, part)).toHaveText(String(counts[place]));
    }
  }

  /** Chooses a folder on the disk in the page's own folder input. */
  async chooseFolder(path: string) {
    await this.section.getByTestId('choose-folder').setInputFiles(path);
  }

  async chooseFiles(paths: string | string[]) {
    await this.section.getByTestId('choose-files').setInputFiles(paths);
  }

  /** The files that were left out, each with its reason. */
  async leftOut(): Promise<string[]> {
    await this.skipped.waitFor();
    return this.skipped.locator('li').allTextContents();
  }
}
