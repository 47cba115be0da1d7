import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

/** The locked test films, and what comes out when they are opened. */
export class Test {
  readonly section;
  readonly primary;
  readonly door;
  readonly score;
  readonly interval;
  readonly majority;
  readonly matrix;
  readonly cellFilms;
  readonly looks;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-test');
    this.primary = this.section.getByTestId('primary');
    this.door = this.section.getByTestId('door');
    this.score = this.section.getByTestId('score');
    this.interval = this.section.getByTestId('interval');
    this.majority = this.section.getByTestId('majority');
    this.matrix = this.section.getByTestId('matrix');
    this.cellFilms = this.section.getByTestId('cell-films');
    this.looks = this.section.getByTestId('looks');
  }

  /** The tab of a section: scores, threshold, calibration, mistakes, map, changes or runs. */
  tab(section: string) {
    return this.section.getByTestId(`section-${section}`);
  }

  async show(section: string) {
    await this.tab(section).click();
    await expect(this.section.getByTestId(`panel-${section}`)).toBeVisible();
  }

  cell(truth: number, answer: number) {
    return this.section.getByTestId(`cell-${truth}-${answer}`);
  }

  async open() {
    await expect(this.primary).toHaveText(say('test.open'));
    await this.primary.click();
    await expect(this.score).toBeVisible({ timeout: 60_000 });
  }

  /** The counts of the matrix, a row a true class. */
  async confusion(): Promise<number[][]> {
    const rows = await this.matrix.locator('tbody tr').all();
    return Promise.all(
      rows.map(async (row) => (await row.locator('td').allTextContents()).map(Number)),
    );
  }
}
