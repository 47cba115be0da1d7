import { expect, type Locator, type Page } from '@playwright/test';

/** The trained network as a file, at one of the places where it is offered. */
export class NetworkFile {
  readonly section;
  readonly done;
  readonly failure;

  constructor(
    readonly page: Page,
    within: Locator,
  ) {
    this.section = within.getByTestId('network-file');
    this.done = this.section.getByTestId('network-saved');
    this.failure = this.section.getByTestId('network-failed');
  }

  /** The path of a file of this form. @param form as in the names of the buttons */
  async saved(form: 'onnx' | 'safetensors' | 'page', path: (name: string) => string): Promise<string> {
    const waiting = this.page.waitForEvent('download', { timeout: 60_000 });
    await this.section.getByTestId(`save-network-${form}`).click();
    const download = await waiting;
    const kept = path(download.suggestedFilename());
    await download.saveAs(kept);
    await expect(this.done).toContainText(download.suggestedFilename());
    return kept;
  }
}

/** What the answer says of each class, in the order that it shows. */
export const shares = async (answer: Locator): Promise<Record<string, number>> => {
  const rows = await answer.locator('.bar-row').evaluateAll((rows) =>
    rows.map((row) => {
      const fill = row.querySelector<HTMLElement>('.bar-fill');
      return [row.querySelector('.bar-name')?.textContent ?? '', parseFloat(fill?.style.width ?? '') / 100] as const;
    }),
  );
  return Object.fromEntries(rows);
};

/** What a page that classifies by itself says, newest first. */
export const sharesOfPage = async (page: Page): Promise<Record<string, number>[]> =>
  page.locator('article').evaluateAll((articles) =>
    articles.map((article) => {
      const rows = [...article.querySelectorAll<HTMLElement>('tr[data-probability]')];
      return Object.fromEntries(rows.map((row) => [row.children[0]?.textContent ?? '', Number(row.dataset['probability'])]));
    }),
  );
