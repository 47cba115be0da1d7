import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

/** Five questions, the code of the run, and its report. */
export class TakeAway {
  readonly section;
  readonly report;
  readonly code;
  readonly standing;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('takeaway');
    this.report = this.section.getByTestId('report');
    this.code = this.section.getByTestId('result-code');
    this.standing = this.section.getByTestId('questions-standing');
  }

  async open() {
    await this.page.getByTestId('open-report').click();
    await expect(this.section).toBeVisible();
  }

  async back() {
    await this.section.getByTestId('back').click();
    await expect(this.section).toHaveCount(0);
  }

  /** Both counted from 1. */
  choice(question: number, choice: number) {
    return this.section.getByTestId(`choice-${question}-${choice}`);
  }

  fact(name: string) {
    return this.report.getByTestId(`report-${name}`);
  }

  async saved(): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.section.getByTestId('save-report').click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('firstread-report.html');
    return readFileSync(await download.path(), 'utf8');
  }
}
