import { losable, loseGpu } from '../pages/browser.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Kiosk, QUICK } from '../pages/kiosk.ts';
import { begin } from '../pages/words.ts';

/** The self-test of an imitated adapter takes its time. */
const SLOW = { timeout: 300_000 };

test('a kiosk that loses its GPU goes on inviting, on the CPU', async ({ app, page }) => {
  test.setTimeout(900_000);
  await losable(app.page);
  const kiosk = new Kiosk(page);
  await kiosk.serve({ ...QUICK, side: 32, patience_seconds: 240 });
  await kiosk.open('?kiosk&device=webgpu');
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
  await loseGpu(page);
  await kiosk.expectPlace('attract');
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.done'), SLOW);
  await kiosk.openOperator();
  expect(await kiosk.count('recoveries')).toBe(1);
  await expect(kiosk.at('device')).toContainText('CPU');
});
