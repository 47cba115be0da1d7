import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

/** The eight stops in order, as their buttons are called. */
export const FIRST = ['start', 'train', 'look', 'test', 'leak', 'marker', 'where', 'take-away'] as const;

export const SECOND = ['compare', 'hospital', 'odd', 'mirrored', 'look-back'] as const;

export const PLACES = [...FIRST, ...SECOND];

export type Place = (typeof PLACES)[number];

/** What a step is called where its place is told: "Step 3 of 8: Would a few pixels do?". */
export const placed = (place: Place): string => {
  const second = SECOND.findIndex((own) => own === place);
  const all = second < 0 ? FIRST : SECOND;
  const values = { number: all.findIndex((own) => own === place) + 1, total: all.length };
  const where = say(second < 0 ? 'lesson.place' : 'lesson.second.place', values);
  const name = place === 'where' ? 'heat' : place.replace('-', '_');
  return `${where}: ${say(`lesson.step.${name}`)}`;
};

/** What a run or an experiment may take here; the lesson itself aims at 45 seconds. */
export const LONG = { timeout: 300_000 };

/** Where the lesson keeps what is in it. */
const KEY = 'firstread.lesson.1';

type Kept = {
  step: unknown;
  arm: { augmentation: boolean; dropout: boolean } | null;
  seed: number;
  predictions: { step: unknown; answer: unknown; at: number; informed: boolean }[];
  seen: [unknown, number][];
};

/** Of the column, what scrolls. */
const BODY = '.lesson-body';

/** The column beside the stations. */
export class Lesson {
  readonly column;
  readonly heading;
  readonly place;
  readonly next;
  readonly back;
  readonly skip;
  readonly result;
  readonly finding;
  readonly more;
  readonly verdict;
  readonly said;
  readonly live;
  readonly lacks;
  readonly clock;
  readonly slider;
  readonly offer;
  readonly resume;
  readonly toFree;
  readonly toLesson;

  constructor(readonly page: Page) {
    this.column = page.getByTestId('lesson');
    this.heading = this.column.getByRole('heading', { level: 2 });
    this.place = this.column.getByTestId('lesson-place');
    this.next = this.column.getByTestId('lesson-next');
    this.back = this.column.getByTestId('lesson-back');
    this.skip = this.column.getByTestId('lesson-skip');
    this.result = this.column.getByTestId('lesson-result');
    this.finding = this.column.getByTestId('lesson-finding');
    this.more = this.column.getByTestId('lesson-more');
    this.verdict = this.column.getByTestId('lesson-verdict');
    this.said = this.column.getByTestId('lesson-said');
    this.lacks = this.column.getByTestId('lesson-lack');
    this.live = this.column.getByTestId('lesson-live');
    this.clock = this.column.getByTestId('lesson-clock');
    this.slider = this.column.getByTestId('predict-slider');
    this.offer = page.getByTestId('lesson-offer');
    this.resume = this.column.getByTestId('lesson-resume');
    this.toFree = page.getByTestId('to-free-play');
    this.toLesson = page.getByTestId('to-lesson');
  }

  choice(place: number) {
    return this.column.getByTestId(`predict-${place}`);
  }

  step(place: Place) {
    return this.column.getByTestId(`lesson-step-${place}`);
  }

  /** Pixels that the text of the step is scrolled down by. */
  scrolled() {
    return this.column.locator(BODY).evaluate((body) => body.scrollTop);
  }

  async scrollDown() {
    await this.column.locator(BODY).evaluate((body) => body.scrollTo(0, body.scrollHeight));
    expect(await this.scrolled()).toBeGreaterThan(0);
  }

  async expectAt(place: Place) {
    await expect(this.column.getByTestId(`lesson-at-${place}`)).toBeVisible();
    await expect(this.step(place)).toHaveAttribute('aria-current', 'step');
  }

  async go(place: Place) {
    await this.step(place).click();
    await this.expectAt(place);
    await expect(this.heading).toBeFocused();
  }

  async begin() {
    await this.offer.getByTestId('lesson-begin').click();
    await this.expectAt('start');
  }

  async choose(place: number) {
    await this.choice(place).check();
    await this.keep();
  }

  async slide(percent: number) {
    await this.slider.fill(String(percent));
    await this.keep();
  }

  async keep() {
    await expect(this.next).toHaveText(say('lesson.keep'));
    await this.next.click();
    await expect(this.said).toBeVisible();
  }

  /** Does what the step asks for, whatever it is called, until its result is there. */
  async run() {
    await this.next.click();
    await this.expectResult();
  }

  /** One finding in bold first, three lines at most, all other numbers folded away; a screen reader hears the same. */
  async expectResult() {
    await expect(this.result).toBeVisible(LONG);
    await expect(this.finding).toHaveText(/\S/);
    await expect(this.live).toContainText((await this.finding.textContent())!);
    expect(await this.result.locator('> .lesson-lines > li').count()).toBeLessThanOrEqual(2);
    await expect(this.more).not.toHaveAttribute('open');
  }

  async onwards(to: Place) {
    await this.next.click();
    await this.expectAt(to);
    await expect(this.heading).toBeFocused();
  }

  /** What the browser keeps of the lesson; `null` before there is anything. */
  async kept(): Promise<Kept | null> {
    return this.page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null'), KEY);
  }
}
