import { expect, type Locator, type Page } from '@playwright/test';
import { expectLedTo } from './led.ts';
import { say } from './words.ts';

type Part = 'train' | 'validation' | 'test' | 'all';

/** The films on the light box, and where they come from. */
export class Look {
  readonly section;
  readonly films;
  readonly next;
  readonly builtIn;
  /** What came of the visitor's files: one of these at a time. */
  readonly loading;
  readonly loaded;
  readonly loadError;
  readonly skipped;
  readonly roles;
  readonly contradictions;
  /** How many films of the visitor's are at Try. */
  readonly keptApart;
  /** What a screen reader hears of the files. */
  readonly said;
  readonly askInstead;
  readonly viewer;
  /** Asks before other images take the place of something that took work. */
  readonly replace;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-look');
    this.films = this.section.getByTestId('grid').getByTestId('film');
    this.next = this.section.getByTestId('primary');
    this.builtIn = this.section.getByTestId('pack-built-in');
    this.loading = this.section.getByTestId('loading');
    this.loaded = this.section.getByTestId('loaded');
    this.loadError = this.section.getByTestId('load-error');
    this.skipped = this.section.getByTestId('skipped');
    this.roles = this.section.getByTestId('roles');
    this.contradictions = this.section.getByTestId('contradictions');
    this.keptApart = this.section.getByTestId('kept-apart');
    this.said = page.getByTestId('load-said');
    this.askInstead = this.section.getByTestId('ask-instead');
    this.viewer = page.getByTestId('viewer');
    this.replace = page.getByTestId('replace');
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

  /** Says in the dialog that what is there may go. */
  async giveUp() {
    await this.replace.getByTestId('replace-go-on').click();
    await expect(this.replace).toBeHidden();
  }

  /** What came of the files is where the visitor looks, has the focus, and is said aloud. */
  async expectLedTo(place: Locator, heading: string) {
    await expectLedTo(place, heading);
    await expect(this.said).toContainText(heading);
  }

  async expectLoaded(films: number) {
    await this.expectLedTo(this.loaded, say('look.loaded', { films: say('number.films', { n: films }) }));
    await expect(this.loaded.getByTestId('film').first()).toBeInViewport({ ratio: 1 });
  }

  async expectRefused(sentence: string) {
    await this.expectLedTo(this.loadError, say('look.refused'));
    await expect(this.loadError.getByText(sentence)).toBeInViewport();
    await expect(this.said).toContainText(sentence);
  }

  /** The files that were left out, each with its reason. */
  async leftOut(): Promise<string[]> {
    await this.skipped.waitFor();
    return this.skipped.locator('li').allTextContents();
  }
}
