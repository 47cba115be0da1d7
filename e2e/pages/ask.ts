import { expect, type Page } from '@playwright/test';

/** Giving the trained network a film. */
export class Ask {
  readonly section;
  readonly primary;
  readonly dropZone;
  readonly odd;
  readonly answers;
  /** Newest first. */
  readonly latest;
  readonly sentence;
  /** What it would have said, had it not kept silent. */
  readonly headSays;
  readonly askAll;
  /** The slider of the rule for keeping silent. */
  readonly rule;
  readonly silent;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-try');
    this.primary = this.section.getByTestId('primary');
    this.dropZone = this.section.getByTestId('drop-zone');
    this.odd = this.section.getByTestId('odd');
    this.answers = this.section.getByTestId('answer');
    this.latest = this.answers.first();
    this.sentence = this.latest.getByTestId('sentence');
    this.headSays = this.latest.getByTestId('head-says');
    this.askAll = this.section.getByTestId('ask-all');
    this.rule = this.section.getByTestId('rule-percent');
    this.silent = this.section.getByTestId('rule-silent');
  }

  oddFilm(key: string) {
    return this.section.locator(`[data-odd="${key}"]`);
  }

  async chooseFilms(paths: string | string[]) {
    await this.section.getByTestId('choose-films').setInputFiles(paths);
  }

  /** `n` answers are there, and the newest is an answer. */
  async expectAnswered(n: number) {
    await expect(this.answers).toHaveCount(n);
    await expect(this.latest).toHaveAttribute('data-state', 'answered', { timeout: 60_000 });
  }
}
