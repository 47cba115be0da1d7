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
    const waiting = this.page.waitForEvent('download');
    await this.download.click();
    const download = await waiting;
    const path = to(download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }
}
