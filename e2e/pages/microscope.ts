import { expect, type Page } from '@playwright/test';

/** One step looked at closely, and the small pictures beside the settings. */
export class Microscope {
  readonly section;
  readonly said;
  readonly films;
  readonly layers;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('microscope');
    this.said = this.section.getByTestId('microscope-said');
    this.films = this.section.getByTestId('microscope-film');
    this.layers = this.section.getByTestId('gradient');
  }

  async losses(): Promise<{ before: number; after: number }> {
    const loss = async (which: 'before' | 'after') =>
      Number(await this.section.getByTestId(`loss-${which}`).textContent());
    return { before: await loss('before'), after: await loss('after') };
  }

  /** Name and length of the gradient of each layer. */
  async gradients(): Promise<[string, number][]> {
    const rows = await this.layers.all();
    return Promise.all(
      rows.map(async (row): Promise<[string, number]> => [
        (await row.locator('.gradient-name').textContent()) ?? '',
        Number(await row.locator('.gradient-norm').textContent()),
      ]),
    );
  }

  sketch(name: 'augmentation-preview' | 'dropout-sketch' | 'steps-sketch' | 'rate-sketch' | 'tuning-rate-sketch') {
    return this.page.getByTestId(name);
  }

  /** The drawing of a sketch, as one text. */
  async drawn(name: Parameters<Microscope['sketch']>[0]): Promise<string> {
    const paths = this.sketch(name).locator('svg path');
    const drawings = await paths.evaluateAll((all) => all.map((path) => path.getAttribute('d')));
    return drawings.join(' ');
  }

  /** The pixels of the previewed films, once all are painted. */
  async previewed(): Promise<string> {
    const films = this.sketch('augmentation-preview').locator('canvas');
    await expect(films).toHaveCount(6);
    for (const film of await films.all()) await expect(film).toHaveAttribute('width', '88');
    return films.evaluateAll((all) =>
      all.map((canvas) => (canvas as HTMLCanvasElement).toDataURL()).join(' '),
    );
  }
}
