import { expect, type Page } from '@playwright/test';

/** Where images are given classes by hand. A class is named by its place, images without one by `none`. */
export class Sorting {
  readonly offer;
  readonly anew;
  readonly desk;
  readonly films;
  readonly undo;
  readonly redo;
  readonly done;
  readonly said;
  readonly sentence;
  readonly preview;

  constructor(readonly page: Page) {
    this.offer = page.getByTestId('sort-by-hand');
    this.anew = page.getByTestId('sort-anew');
    this.desk = page.getByTestId('sort');
    this.films = this.desk.getByTestId('sort-film');
    this.undo = this.desk.getByTestId('sort-undo');
    this.redo = this.desk.getByTestId('sort-redo');
    this.done = this.desk.getByTestId('sort-done');
    this.said = this.desk.getByTestId('sort-said');
    this.sentence = this.desk.locator('#sort-sentence');
    this.preview = this.desk.getByTestId('sort-preview').locator('canvas');
  }

  place(name: number | 'none') {
    return this.desk.getByTestId(`sort-class-${name}`);
  }

  film(image: number) {
    return this.desk.locator(`[data-sort="${image}"]`);
  }

  async add(name: string) {
    await this.desk.getByTestId('sort-new').fill(name);
    await this.desk.getByTestId('sort-add').click();
  }

  async show(name: number | 'none') {
    await this.place(name).locator('.sort-show').click();
  }

  /** From one image to another, as with the Shift key. */
  async selectRange(from: number, to: number) {
    await this.film(from).click();
    await this.film(to).click({ modifiers: ['Shift'] });
  }

  async expectCounts(counts: Partial<Record<string, number>>) {
    for (const [name, n] of Object.entries(counts)) {
      await expect(this.desk.getByTestId(`sort-class-${name}`).locator('.sort-count')).toHaveText(new RegExp(`^${n} `));
    }
  }
}
