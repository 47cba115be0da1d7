import { expect, type Page } from '@playwright/test';

/**
 * Settings under which a visit takes moments. What waits for nothing to happen waits so long that no slow computer gets
 * there: only a test that moves the clock does.
 */
export const QUICK = {
  side: 96,
  epochs: 2,
  tuning_epochs: 0,
  attract_step_ms: 40,
  glance_ms: 30_000,
  idle_seconds: 240,
  countdown_seconds: 90,
  patience_seconds: 120,
  pin: '2580',
  files: true,
};

/** Seconds of a page's clock that a slow computer may need for what takes moments. */
export const MOMENTS = 40;

/** Seconds of a page's clock after which the contest goes on, whatever the answer was. */
const JUDGED = 6;

/** Seconds of a page's clock after which one pass more of a training is shown. */
export const PASS = 0.5;

/** Long enough for an engine to start and to read all films, on a computer that has other things to do. */
export const SLOW = { timeout: 90_000 };

/** The kiosk, as a visitor and its operator have it. */
export class Kiosk {
  readonly root;
  readonly question;
  readonly next;
  readonly answer;

  constructor(readonly page: Page) {
    this.root = page.getByTestId('kiosk');
    this.question = this.at('question');
    this.next = this.at('next');
    this.answer = this.at('answer');
  }

  at(id: string) {
    return this.page.getByTestId(`kiosk-${id}`);
  }

  /** What kiosk.json says; text is taken as it is. */
  async serve(settings: object | string = QUICK) {
    const body = typeof settings === 'string' ? settings : JSON.stringify(settings);
    await this.page.route('**/kiosk.json', (route) =>
      route.fulfill({ body, contentType: 'application/json' }),
    );
  }

  /** Opens the kiosk; the test has the page's clock in hand, the engine keeps its own. */
  async open(link = '?kiosk&device=cpu') {
    await this.page.clock.install();
    await this.page.goto(link);
    await this.expectPlace('attract');
  }

  async expectPlace(place: string) {
    await expect(this.root).toHaveAttribute('data-place', place, SLOW);
  }

  async begin() {
    await this.at('begin').click();
    await this.expectPlace('look');
  }

  async train() {
    await this.next.click();
    await this.expectPlace('train');
    await this.at('train').click(SLOW);
    await expect(this.next).toBeVisible(SLOW);
  }

  /** By the path, to a stop that was reached before. */
  async goBack(stop: string) {
    await this.page.locator(`[data-testid="kiosk-step"][data-stop="${stop}"]`).click();
    await this.expectPlace(stop);
  }

  /** Past the contest, to the films that can be asked about. */
  async skipContest() {
    await this.next.click();
    await this.expectPlace('contest');
    await this.at('skip').click();
    await this.expectPlace('film');
  }

  /**
   * Says this class of the contest's film, looks at what comes of it, and waits for the next one. The page's clock stands
   * meanwhile: on a slow computer the next film would come while one looks.
   */
  async say(place: number, look = async () => {}) {
    const { clock } = this.page;
    await clock.pauseAt(await this.page.evaluate(() => Date.now() + 20_000));
    const choice = this.at(`say-${place}`);
    await choice.click();
    await expect(choice).toHaveAttribute('data-mark', /right|wrong/);
    await look();
    await this.leaveAlone(JUDGED);
    await clock.resume();
  }

  /** Out of the visit, and past the question whether its network may be forgotten. */
  async leave() {
    await this.at('leave').click();
    await this.at('leaving-yes').click();
  }

  async askOdd(key: string) {
    await this.page.locator(`[data-testid="kiosk-odd"][data-odd="${key}"]`).click();
    await this.expectAnswer();
  }

  /** About one of the test set, by the name of its class. */
  async askOrdinary(name: string) {
    await this.at('ordinary').filter({ hasText: name }).click(SLOW);
    await this.expectAnswer();
  }

  async expectAnswer() {
    await this.expectPlace('answer');
    await expect(this.answer).toBeVisible(SLOW);
  }

  async expectHeat() {
    await expect(this.at('heat').locator('canvas.heat')).toBeVisible(SLOW);
  }

  /** Nobody touches anything for so many seconds of the page's clock. */
  async leaveAlone(seconds: number) {
    await this.page.clock.runFor(seconds * 1000);
  }

  /** The corner is held for three seconds. */
  async holdCorner() {
    const corner = await this.at('corner').boundingBox();
    await this.page.mouse.move(corner!.x + 20, corner!.y + 20);
    await this.page.mouse.down();
    await this.leaveAlone(3.2);
    await this.page.mouse.up();
    await this.expectPlace('pin');
  }

  async enter(pin: string) {
    for (const digit of pin) await this.at(`digit-${digit}`).click();
    await this.at('enter').click();
  }

  async openOperator(pin = QUICK.pin) {
    await this.holdCorner();
    await this.enter(pin);
    await this.expectPlace('operator');
  }

  async count(name: string): Promise<number> {
    return Number(await this.at(`count-${name}`).textContent());
  }

  /** What the loop that invites shows at one moment: its words, and how low the points of the training films' curve lie. */
  async shown(): Promise<{ standing: string; heights: number[] }> {
    return this.page.evaluate(() => {
      const dots = document.querySelectorAll<SVGPathElement>('[data-testid="plot-accuracy"] .plot-dot.look-soft');
      return {
        standing: document.querySelector('[data-testid="kiosk-standing"]')?.textContent ?? '',
        heights: [...dots].map((dot) => dot.getBBox().y),
      };
    });
  }
}
