import { expect, type Locator, type Page } from '@playwright/test';

const ANSWER = { timeout: 120_000 };

type Section = 'map' | 'changes' | 'runs';

/** What lies beyond the score: the map of films, changed films, and the runs side by side. */
export class Beyond {
  readonly plot;
  readonly points;
  readonly film;
  readonly openFilm;
  readonly meaning;
  readonly result;
  readonly verdict;
  readonly history;
  readonly preview;
  readonly runs;
  readonly differ;
  readonly pairs;
  readonly luck;
  readonly earlier;

  constructor(readonly page: Page) {
    this.plot = page.getByTestId('plot-map').getByRole('application');
    this.points = this.plot.locator('.plot-dot');
    this.film = page.getByTestId('map-film');
    this.openFilm = page.getByTestId('map-open');
    this.meaning = page.getByTestId('map-meaning');
    this.result = page.getByTestId('changes-result');
    this.verdict = page.getByTestId('changes-verdict');
    this.history = page.getByTestId('changes-history');
    this.preview = page.getByTestId('changes-preview').locator('canvas');
    this.runs = page.getByTestId('runs-table').locator('tbody tr');
    this.differ = page.getByTestId('runs-differ');
    this.pairs = page.getByTestId('pairs');
    this.luck = page.getByTestId('luck');
    this.earlier = page.getByTestId('earlier-runs');
  }

  async go(section: Section) {
    await this.page.getByTestId(`section-${section}`).click();
    await expect(this.page.getByTestId(`panel-${section}`)).toBeVisible();
  }

  /** The map with all its points. */
  async expectMap(films: number) {
    await expect(this.points).toHaveCount(films, ANSWER);
  }

  tellApartBy(what: 'class' | 'part' | 'patient' | 'error') {
    return this.page.getByTestId(`map-by-${what}`);
  }

  /** A slider or a switch of the changes, or `preset-NAME`. */
  change(name: string) {
    return this.page.getByTestId(`change-${name}`);
  }

  async slide(name: string, value: number) {
    await this.change(name).fill(String(value));
  }

  /** Until the network has answered to the changed films. */
  async expectChanged() {
    await expect(this.verdict).not.toBeEmpty(ANSWER);
  }

  /** Right answers before and after the change, as words. */
  async accuracies(): Promise<[string, string]> {
    const cells = await this.result.locator('tbody tr').first().locator('td').allTextContents();
    return [cells[0]!, cells[1]!];
  }

  /** How many changes the history shows. */
  tried() {
    return this.history.locator('.tried li');
  }

  run(n: number) {
    return this.page.getByTestId(`run-${n}`);
  }

  showRun(n: number) {
    return this.page.getByTestId(`show-run-${n}`);
  }

  /** What a canvas shows, as one number that differs between pictures. */
  async looks(canvas: Locator): Promise<string> {
    return canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  }
}
