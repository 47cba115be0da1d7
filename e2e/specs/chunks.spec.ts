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
