import { expect, type Locator, type Page } from '@playwright/test';
import { say } from './words.ts';

export const NETWORKS = ['trained', 'random-head', 'random-network', 'shuffled-labels'] as const;

/** One film with all that can be found out about the network's answer to it. */
export class FilmPanel {
  readonly dialog;
  readonly answer;
  readonly heatClass;
  readonly opacity;
  readonly pad;
  readonly erased;
  readonly painted;
  readonly bars;
  readonly clear;
  readonly occlusion;
  readonly occlusionMap;
  readonly rank;
  readonly near;

  constructor(readonly page: Page) {
    this.dialog = page.getByTestId('film-panel');
    this.answer = this.dialog.getByTestId('examined-answer');
    this.heatClass = this.dialog.getByTestId('heat-class');
    this.opacity = this.dialog.getByTestId('heat').getByTestId('opacity');
    this.pad = this.dialog.getByTestId('pad');
    this.erased = this.dialog.getByTestId('erase-answer');
    this.painted = this.dialog.getByTestId('erase-count');
    this.bars = this.dialog.getByTestId('erase').locator('.bar-share');
    this.clear = this.dialog.getByTestId('erase-clear');
    this.occlusion = this.dialog.getByTestId('occlusion');
    this.occlusionMap = this.dialog.getByTestId('map-occlusion');
    this.rank = this.dialog.getByTestId('rank');
    this.near = this.dialog.getByTestId('near');
  }

  map(network: (typeof NETWORKS)[number]) {
    return this.dialog.getByTestId(`map-${network}`);
  }

  /** Open, with the maps and what the film is most like. */
  async expectWhole() {
    await expect(this.dialog).toBeVisible();
    for (const network of NETWORKS) {
      // The network with permuted labels is trained first.
      await expect(this.map(network)).toBeVisible({ timeout: 240_000 });
    }
    await expect(this.near.first()).toBeVisible({ timeout: 60_000 });
  }

  async expectPainted(n: number) {
    await expect(this.painted).toHaveText(say('insight.erase_count', { n, total: 256 }));
  }

  /** Paints one row of cells from end to end, counted from 0. */
  async paintRow(row: number) {
    const { width, height } = await size(this.pad);
    const y = ((row + 0.5) / 16) * height;
    await this.pad.dragTo(this.pad, {
      sourcePosition: { x: width / 32, y },
      targetPosition: { x: width - width / 32, y },
    });
  }
}

const size = async (place: Locator) => {
  const box = await place.boundingBox();
  if (!box) throw new Error(`${place} is not to be seen`);
  return box;
};
