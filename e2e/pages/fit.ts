import type { Page } from '@playwright/test';

/**
 * What does not fit: content wider than its box, text that an ellipsis cuts, a choice wider than its
 * list, letters beyond their drawing, and whatever reaches beyond the window. Boxes that are meant to
 * scroll, and what is there for screen readers only, are let be.
 */
export const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const { clientWidth: width } = document.documentElement;
    const name = (element: Element) => {
      const words = (element.textContent ?? '').replace(/\s+/g, ' ').trim().slice(0, 60);
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class')} "${words}"`;
    };
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const unseen = (element: Element): boolean => element.closest('.unseen') !== null;

    if (document.documentElement.scrollWidth > width) found.push('the page is wider than the window');
    for (const element of document.body.querySelectorAll('*')) {
      if (!element.checkVisibility() || unseen(element)) continue;
      const area = element.getBoundingClientRect();
      if (element instanceof SVGElement) {
        const drawing = element.closest('svg')?.getBoundingClientRect();
        const outside = drawing && (area.left < drawing.left - 1 || area.right > drawing.right + 1);
        if (element.tagName === 'text' && outside) found.push(`beyond its drawing: ${name(element)}`);
        continue;
      }
      if (area.right > width + 0.5 && !scrolls(element)) found.push(`beyond the window: ${name(element)}`);
      const { overflowX } = getComputedStyle(element);
      if (element instanceof HTMLSelectElement) {
        const free = element.cloneNode(true) as HTMLSelectElement;
        free.value = element.value;
        // Its width is that of its longest choice, which is what a list can come to show.
        free.style.cssText = 'position:absolute;width:max-content;max-width:none;min-width:0';
        element.after(free);
        if (free.offsetWidth > element.offsetWidth + 1) found.push(`a choice is cut: ${name(element)}`);
        free.remove();
      } else if (
        element.clientWidth > 0 &&
        element.scrollWidth > element.clientWidth + 1 &&
        !['auto', 'scroll'].includes(overflowX)
      ) {
        found.push(`wider than its box: ${name(element)}`);
      }
    }
    return found;
  });

/** All that can be read or heard: texts, and the attributes that are said aloud. */
export const allWords = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const keep = (words: string | null) => {
      const plain = words?.replace(/[\s\u00a0]+/g, ' ').trim();
      if (plain) found.add(plain);
    };
    for (const element of document.querySelectorAll('title, body *')) {
      if (element.closest('[lang]') !== document.documentElement) continue;
      // A line of code is the same in every language.
      if (element.closest('[translate=no]')) continue;
      if (element instanceof HTMLScriptElement || element instanceof HTMLStyleElement) continue;
      for (const attribute of ['aria-label', 'aria-valuetext', 'title', 'alt', 'placeholder']) {
        keep(element.getAttribute(attribute));
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) keep(node.textContent);
      }
    }
    return [...found];
  });
