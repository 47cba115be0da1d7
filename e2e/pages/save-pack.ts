import { writeFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';

/** The visitor's images as one zip. */
export class SavePack {
  readonly section;
  readonly begin;
  readonly ready;
  readonly failed;
  readonly dicom;
  readonly goOn;
  readonly end;
  readonly download;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('save-pack');
    this.begin = this.section.getByTestId('save-pack-begin');
    this.ready = this.section.getByTestId('save-pack-ready');
    this.failed = this.section.getByTestId('save-pack-failed');
    /** What is said of DICOM files before anything is saved. */
    this.dicom = this.section.getByTestId('save-pack-dicom');
    this.goOn = this.section.getByTestId('save-pack-go-on');
    this.end = this.section.getByTestId('save-pack-end');
    this.download = this.section.getByTestId('save-pack-download');
  }

  /** The zip on the disk, where `to` says of its name. */
  async saved(to: (name: string) => string): Promise<string> {
    await expect(this.ready).toBeVisible({ timeout: 60_000 });
    if (this.page.context().browser()?.browserType().name() === 'firefox') return this.takenOver(to);
    const waiting = this.page.waitForEvent('download');
    await this.download.click();
    const download = await waiting;
    const path = to(download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  /** The same where the driver hears of no downloads: the bytes that the page hands to the browser. */
  private async takenOver(to: (name: string) => string): Promise<string> {
    const handed = this.page.evaluate(
      () =>
        new Promise<{ name: string; base64: string }>((resolve) => {
          const { click } = HTMLElement.prototype;
          const { createObjectURL } = URL;
          let blob: Blob;
          URL.createObjectURL = (object) => {
            blob = object as Blob;
            return createObjectURL.call(URL, object);
          };
          HTMLElement.prototype.click = function take() {
            URL.createObjectURL = createObjectURL;
            HTMLElement.prototype.click = click;
            const reader = new FileReader();
            const name = (this as HTMLAnchorElement).download;
            reader.addEventListener('load', () => {
              resolve({ name, base64: String(reader.result).replace(/^[^,]*,/, '') });
            });
            reader.readAsDataURL(blob);
          };
        }),
    );
    await this.download.click();
    const { name, base64 } = await handed;
    const path = to(name);
    writeFileSync(path, Buffer.from(base64, 'base64'));
    return path;
  }
}
