import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

test('a part of the page that does not arrive is asked for again', async ({ app, page, troubles }) => {
  const room = '**/page-*-room.wasm';
  await page.route(room, (route) => route.abort());
  await app.open();
  await page.getByTestId('open-room').click();
  const missing = page.getByTestId('chunk-missing');
  await expect(missing).toContainText(say('chunk.missing'));
  await page.unroute(room);
  await missing.getByRole('button').click();
  await expect(page.getByTestId('room')).toBeVisible();
  await expect(missing).toHaveCount(0);
  // That it did not arrive is in the console, and nothing else.
  for (const trouble of troubles) expect(trouble).toMatch(/page-[0-9a-f]+-room\.wasm|Failed to fetch|ERR_FAILED/);
  troubles.length = 0;
});

test('a part that arrives when something else is shown is not missed', async ({ app, page }) => {
  const room = '**/page-*-room.wasm';
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(room, async (route) => {
    await late;
    await route.continue();
  });
  await app.open();
  await page.getByTestId('open-room').click();
  await expect(page.getByText(say('chunk.coming'))).toBeVisible();
  await page.getByTestId('open-report').click();
  const arrived = page.waitForResponse(room);
  arrive();
  await (await arrived).finished();
  await expect(page.getByTestId('room')).toHaveCount(0);
  await page.getByTestId('open-room').click();
  await expect(page.getByTestId('room')).toBeVisible();
});

