import { expect, type Page } from '@playwright/test';
import { Ask } from './ask.ts';
import { Bar } from './bar.ts';
import { drag } from './drop.ts';
import { FilmPanel } from './film-panel.ts';
import { Look } from './look.ts';
import { Room } from './room.ts';
import { TakeAway } from './takeaway.ts';
import { Test } from './test.ts';
import { Train } from './train.ts';
import { say } from './words.ts';

export type Station = 'look' | 'train' | 'test' | 'try' | 'lab';
export const STATIONS: Station[] = ['look', 'train', 'test', 'try', 'lab'];

/** The whole page, as a visitor has it. */
export class App {
  readonly bar;
  readonly look;
  readonly train;
  readonly test;
  readonly ask;
  readonly panel;
  readonly room;
  readonly takeAway;

  constructor(readonly page: Page) {
    this.bar = new Bar(page);
    this.look = new Look(page);
    this.train = new Train(page);
    this.test = new Test(page);
    this.ask = new Ask(page);
    this.panel = new FilmPanel(page);
    this.room = new Room(page);
    this.takeAway = new TakeAway(page);
  }

  /** Opens the page, with the options of a link such as `?side=64`, and waits for its films. */
  async open(link = '') {
    await this.page.goto(link);
    await this.expectFilms(192);
  }

  async expectFilms(n: number) {
    await expect(this.nav('look')).toContainText(say('station.films', { n }), { timeout: 300_000 });
    await expect(this.bar.device).not.toHaveText(say('device.starting'));
  }

  /** The step of a station above, which also tells its state. */
  nav(station: Station) {
    return this.page.getByTestId(`nav-${station}`);
  }

  async go(station: Station) {
    await this.nav(station).click();
    await this.expectAt(station);
  }

  async expectAt(station: Station) {
    await expect(this.nav(station)).toHaveAttribute('aria-current', 'step');
    await expect(this.page.getByTestId(`station-${station}`)).toBeVisible();
  }

  /** Trains with settings that take a moment: for tests of what comes after. */
  async trainBriefly() {
    await this.go('train');
    await this.train.set('epochs', 1);
    await this.train.setting('fine-tuning').uncheck();
    await this.train.start();
    await this.train.expectTrained();
  }

  /** Pastes files, as after copying them or a picture elsewhere. */
  async paste(files: Record<string, Uint8Array>) {
    const plain = Object.entries(files).map(([name, bytes]) => ({ name, bytes: [...bytes] }));
    await this.page.evaluate((files) => {
      const clipboardData = new DataTransfer();
      for (const { name, bytes } of files) {
        clipboardData.items.add(new File([new Uint8Array(bytes)], name));
      }
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, plain);
  }

  /** To the end of the page, where what happens at its top is out of sight. */
  async scrollDown() {
    await this.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  }

  /** Drops files and folders of the disk on the page, as from the system's file manager. */
  async drop(...paths: string[]) {
    const files = await drag(this.page, paths);
    await files.over();
    await expect(this.page.getByTestId('drop-overlay')).toBeVisible();
    await files.drop();
    await expect(this.page.getByTestId('drop-overlay')).toBeHidden();
  }
}
