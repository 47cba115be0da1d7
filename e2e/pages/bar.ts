import { expect, type Page } from '@playwright/test';
import { speak, type Language } from './words.ts';

/** The bar above: what computes, language, theme, about. */
export class Bar {
  readonly device;
  readonly language;
  readonly theme;
  readonly about;
  readonly dialog;

  constructor(readonly page: Page) {
    this.device = page.getByTestId('device-badge');
    this.language = page.getByTestId('language');
    this.theme = page.getByTestId('theme');
    this.about = page.getByRole('banner').getByTestId('about');
    /** The one that is open. */
    this.dialog = page.getByRole('dialog');
  }

  /** Chooses the language of the page; what the tests expect follows. */
  async choose(language: Language) {
    await this.language.selectOption(language);
    await expect(this.page.locator('html')).toHaveAttribute('lang', language);
    speak(language);
  }

  async closeDialog() {
    await this.page.keyboard.press('Escape');
    await this.dialog.waitFor({ state: 'hidden' });
  }
}
