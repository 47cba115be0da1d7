import { expect, test } from '../fixtures.ts';

// First of all, so that tests without an adapter never look like tests of WebGPU.
test('this browser has a WebGPU adapter', async ({ page }) => {
  await page.goto('');
  const adapter = await page.evaluate(async () => {
    const { gpu } = navigator as unknown as {
      gpu?: { requestAdapter(): Promise<{ info: { vendor: string } } | null> };
    };
    return (await gpu?.requestAdapter())?.info.vendor;
  });
  expect(adapter).toBe('google');
});
