import { expect, type Locator } from '@playwright/test';

/** Its heading has the focus, and it is in view: as much of it as fits, below the stations' names, which stay above. */
export const expectLedTo = async (place: Locator, heading: string) => {
  const title = place.getByRole('heading', { name: heading });
  await expect(title).toBeFocused();
  await expect(title).toBeInViewport({ ratio: 1 });
  const free = await place.evaluate((element) => {
    const { top, bottom, height } = element.getBoundingClientRect();
    const names = document.querySelector('.stepper')!.getBoundingClientRect().bottom;
    const room = window.innerHeight - names;
    return top >= names && (bottom <= window.innerHeight || height > room);
  });
  expect(free, 'nothing of it is hidden that could be seen').toBe(true);
};
