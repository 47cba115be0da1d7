import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

/** The sections behind the door: scores by class, threshold, calibration, and the plots in them. */
export class Report {
  readonly section;
  readonly classes;
  readonly baseline;
  readonly positive;
  readonly point;
  readonly sensitivity;
  readonly specificity;
  readonly bestThreshold;
  readonly prevalence;
  readonly crowd;
  readonly costs;
  readonly temperature;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('station-test');
    this.classes = this.section.getByTestId('classes');
    this.baseline = this.section.getByTestId('baseline');
    this.positive = this.section.getByTestId('positive');
    /** The slider of the operating point. */
    this.point = this.section.getByTestId('operating-point');
    this.sensitivity = this.section.getByTestId('sensitivity');
    this.specificity = this.section.getByTestId('specificity');
    this.bestThreshold = this.section.getByTestId('best-threshold');
    this.prevalence = this.section.getByTestId('prevalence');
    this.crowd = this.section.getByTestId('crowd');
    this.costs = this.section.getByTestId('costs');
    this.temperature = this.section.getByTestId('temperature');
  }

  plot(name: string): Locator {
    return this.section.getByTestId(`plot-${name}`);
  }

  count(shown: boolean, said: boolean): Locator {
    return this.section.getByTestId(`count-${shown}-${said}`);
  }

  /** True and false positives, false and true negatives at the threshold. */
  async counts() {
    const count = async (shown: boolean, said: boolean) =>
      Number(await this.count(shown, said).textContent());
    return {
      found: await count(true, true),
      missed: await count(true, false),
      alarmed: await count(false, true),
      cleared: await count(false, false),
    };
  }

  /** Moves a slider to a place, as a hand on the keyboard does in the end. */
  async slide(slider: Locator, place: number) {
    await slider.fill(String(place));
    await expect(slider).toHaveValue(String(place));
  }

  /** Presses within a plot's drawing, at shares of its width and height. */
  async press(name: string, along: number, down: number) {
    const drawing = this.plot(name).getByRole('img');
    const area = await drawing.boundingBox();
    if (!area) throw new Error(`the plot ${name} is not to be seen`);
    await drawing.click({ position: { x: along * area.width, y: down * area.height } });
  }

  /** The file that a button of a plot saves. */
  async saved(name: string, kind: 'svg' | 'csv'): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.plot(name).getByTestId(`save-${kind}`).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe(`firstread-${name}.${kind}`);
    return readFileSync(await download.path(), 'utf8');
  }
}
