import { headersFor, readRules } from '../headers.mjs';
import { expect, test } from '../fixtures.ts';

test('the page starts under a sub-path and the first paint gives way to it', async ({ page, axe }) => {
  await page.goto('');
  await expect(page.locator('#first-paint')).toHaveCount(0);
  await expect(page.locator('#crash')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await axe();
});

test('without JavaScript the page says what it needs', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto('');
  for (const words of await page.locator('noscript p').all()) await expect(words).toBeVisible();
  await expect(page.locator('noscript [lang="es"]')).toContainText('JavaScript');
  await context.close();
});

test('without WebAssembly the page says so', async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await page.goto('');
  await expect(page.getByRole('alert')).toContainText('Firstread needs WebAssembly');
});

test('every response carries the policy that the page itself names', async ({ page, request }) => {
  const policy = headersFor(readRules(new URL('../../public/headers.json', import.meta.url)), '/').get('Content-Security-Policy');
  await page.goto('');
  const own = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(own).toHaveAttribute('content', policy ?? 'a policy');
  for (const path of ['', 'boot.js', 'engine-start.js', 'engine-cpu.js']) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()['content-security-policy'], path).toBe(policy);
  }
});

test('the engine starts in a worker and says that it is ready', async ({ page }) => {
  await page.goto('');
  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const worker = (globalThis as unknown as { makeEngine: () => Worker }).makeEngine();
        const ready = (data: unknown[]) => (data[0] instanceof Uint8Array ? 'ready' : String(data));
        worker.addEventListener('message', ({ data }) => resolve(ready(data)), { once: true });
        worker.addEventListener('error', (event) => resolve(`error: ${event.message}`), { once: true });
      }),
  );
  expect(answer).toBe('ready');
});
