import { expect, type Page } from '@playwright/test';
import { begin, say } from './words.ts';

/** One row of the table of epochs. */
export type Epoch = {
  stage: string;
  loss: number;
  validationLoss: number;
  accuracy: number;
  validationAccuracy: number;
};

/** A whole run, on a computer that has other things to do. */
export const RUN = { timeout: 300_000 };

/** Settings, curves, and the buttons that drive a run. */
export class Train {
  readonly section;
  /** Train, Pause, Resume and Next in turn. */
  readonly primary;
  readonly step;
  readonly stop;
  readonly again;
  readonly progress;
  readonly result;
  readonly failure;
  readonly epochs;
  readonly said;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-train');
    this.primary = this.section.getByTestId('primary');
    this.step = this.section.getByTestId('step');
    this.stop = this.section.getByTestId('stop');
    this.again = this.section.getByTestId('again');
    this.progress = this.section.getByTestId('progress');
    this.result = this.section.getByTestId('run-result');
    this.failure = this.section.getByTestId('run-failure');
    this.epochs = this.section.getByTestId('epochs').locator('tbody tr');
    this.said = page.getByTestId('said');
  }

  setting(name: string) {
    return this.section.getByTestId(`setting-${name}`);
  }

  /** Opens the settings that few need. */
  async openAdvanced() {
    await this.section.getByText(say('train.advanced'), { exact: true }).click();
  }

  async set(name: string, value: number) {
    // Emptied first: in Firefox, Playwright puts the text behind what a field for numbers holds.
    await this.setting(name).fill('');
    await this.setting(name).fill(String(value));
    await this.setting(name).blur();
    await expect(this.setting(name)).toHaveValue(String(value));
  }

  async start() {
    await expect(this.primary).toHaveText(say('train.start'));
    await this.primary.click();
  }

  /** Until the run is under way: its first epoch is over, and it is not. */
  async expectUnderWay() {
    await expect(this.epochs).not.toHaveCount(0, RUN);
    await expect(this.progress).toContainText(begin('train.progress'));
  }

  async expectTrained() {
    await expect(this.primary).toHaveText(say('train.next_test'), RUN);
  }

  async pause() {
    await this.primary.click();
    await expect(this.primary).toHaveText(say('train.resume'), RUN);
  }

  async resume() {
    await expect(this.primary).toHaveText(say('train.resume'));
    await this.primary.click();
    await expect(this.primary).toHaveText(say('train.pause'));
  }

  /** Steps done of a run that is paused, and all its steps. */
  async pausedAt(): Promise<{ done: number; total: number }> {
    await expect(this.progress).toContainText(begin('train.paused'), RUN);
    const [done, total] = numbers(await this.progress.textContent());
    return { done: done!, total: total! };
  }

  /** Share of the validation films that the trained network answers rightly. */
  async validationAccuracy(): Promise<number> {
    return share(await this.result.textContent());
  }

  async epochTable(): Promise<Epoch[]> {
    const rows = await this.epochs.all();
    return Promise.all(
      rows.map(async (row) => {
        const [stage, loss, validationLoss, right, validationRight] = await row
          .locator('td')
          .allTextContents();
        return {
          stage: stage!,
          loss: decimal(loss!),
          validationLoss: decimal(validationLoss!),
          accuracy: share(right!),
          validationAccuracy: share(validationRight!),
        };
      }),
    );
  }
}

/** The whole numbers in a sentence. */
export const numbers = (sentence: string | null): number[] =>
  (sentence?.match(/\d+/g) ?? []).map(Number);

/** A number with a point or a comma before its decimals. */
const decimal = (written: string): number => Number(written.replace(',', '.'));

/** "... 37 of 38 ..." as a share, in any of the languages. */
export const share = (sentence: string | null): number => {
  const score = sentence?.match(/(\d+) (?:of|de) (\d+)/);
  if (!score) throw new Error(`no score in "${sentence}"`);
  return Number(score[1]) / Number(score[2]);
};
