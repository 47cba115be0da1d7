import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

/** The facilitator's page. */
export class Room {
  readonly section;
  readonly codes;
  readonly said;
  readonly wrong;
  readonly again;
  readonly count;
  readonly scan;
  readonly scanSaid;
  readonly video;
  readonly link;
  readonly table;
  readonly standing;
  readonly otherLesson;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('room');
    this.codes = this.section.getByTestId('codes');
    this.said = this.section.getByTestId('codes-said');
    this.wrong = this.section.getByTestId('codes-wrong').locator('li');
    this.again = this.section.getByTestId('codes-again');
    this.count = this.section.getByTestId('codes-count');
    this.scan = this.section.getByTestId('scan');
    this.scanSaid = this.section.getByTestId('scan-said');
    this.video = this.section.getByTestId('scan-video');
    this.link = this.section.getByTestId('room-link');
    this.table = this.section.getByTestId('room-table').locator('tbody tr');
    this.standing = this.section.getByTestId('clock-standing');
    this.otherLesson = this.section.getByTestId('other-lesson');
  }

  async open() {
    await this.page.getByTestId('open-room').click();
    await expect(this.section).toBeVisible();
  }

  async add(text: string) {
    await this.codes.fill(text);
    await this.section.getByTestId('add-codes').click();
    await expect(this.codes).toHaveValue('');
  }

  async readPicture(bytes: Uint8Array) {
    const picture = { name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
    await this.section.getByTestId('scan-file').setInputFiles(picture);
  }

  /** Forgets all codes; the button asks once more. */
  async clear() {
    const clear = this.section.getByTestId('clear-codes');
    await clear.click();
    await clear.click();
    await this.expectCount(0);
  }

  /** To the first step of the lesson, with the clock at zero; a clock that was started is asked about. */
  async backToZero() {
    const started = (await this.standing.innerText()) !== say('room.time.not_started');
    await this.section.getByTestId('clock-again').click();
    if (!started) return;
    await expect(this.section.locator('#clock-sure')).toHaveText(say('room.time.sure'));
    await this.section.getByTestId('clock-yes').click();
    await expect(this.section.locator('#clock-sure')).toHaveCount(0);
  }

  async expectCount(n: number) {
    await expect(this.count).toHaveText(say('room.gather.count', { n }));
  }

  effect(of: 'augmentation' | 'dropout') {
    return this.section.getByTestId(`effect-${of}`);
  }

  /** Learners of each arm, as the table has them. */
  async learners(): Promise<number[]> {
    const rows = await this.table.all();
    return Promise.all(rows.map(async (row) => Number(await row.locator('td').first().textContent())));
  }

  async choose(what: 'link-task' | 'link-pack' | 'link-arm' | 'link-language' | 'room-measure', place: number) {
    await this.section.getByTestId(what).selectOption(String(place));
  }
}
