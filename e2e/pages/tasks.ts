import { expect, type Page } from '@playwright/test';
import { say } from './words.ts';

type Pack = 'built-in' | 'paediatric';
type Task = 'region' | 'mirrored';

/** Which films, and what is asked about them. */
export class Tasks {
  readonly section;
  readonly note;
  readonly mirrorClass;
  readonly mirrorHalf;

  constructor(readonly page: Page) {
    this.section = page.getByTestId('packs');
    this.note = this.section.getByTestId('task-note');
    this.mirrorClass = this.section.getByTestId('mirror-class');
    this.mirrorHalf = this.section.getByTestId('mirror-half');
  }

  pack(pack: Pack) {
    return this.section.getByTestId(`pack-${pack}`);
  }

  task(task: Task) {
    return this.section.getByTestId(`task-${task}`);
  }

  async expectChosen(pack: Pack, task: Task) {
    for (const card of [this.pack(pack), this.task(task)]) {
      await expect(card).toHaveAttribute('aria-pressed', 'true');
    }
  }

  /** The classes of the mirrored task, as the counts name them. */
  async expectMirroredClasses() {
    const counts = this.page.getByTestId('counts');
    await expect(counts).toContainText(say('class.right_way'));
    await expect(counts).toContainText(say('class.mirrored'));
  }
}
