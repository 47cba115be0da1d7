import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const ROWS = ['speed.features', 'speed.frozen', 'speed.fine_tuning', 'speed.scratch'];

test('the speed of this computer is measured, and can be passed on as text', async ({ app, page, context, axe }) => {
  await app.open();
  await app.bar.device.click();
  const dialog = app.bar.dialog;
  await dialog.getByTestId('measure-speed').click();
  const table = dialog.getByTestId('speed-table');
  await expect(table).toBeVisible({ timeout: 60_000 });
  for (const row of ROWS) {
    const rate = await table.getByRole('row').filter({ hasText: say(row) }).getByRole('cell').innerText();
    expect(Number(rate.replace(',', '')), row).toBeGreaterThan(0);
  }
  await dialog.getByText(say('speed.pass_on')).click();
  const report = await dialog.getByTestId('speed-report').innerText();
  const browser = await page.evaluate(() => navigator.userAgent);
  expect(report).toContain(browser);
  expect(report.split('\n').length).toBeGreaterThanOrEqual(8);
  await context.grantPermissions(['clipboard-write']);
  await dialog.getByTestId('copy-speed-report').click();
  await expect(dialog).toContainText(say('room.qr.copied'));
  await axe();
  await app.bar.closeDialog();

  // Elsewhere, as the page's own policy forbids it to read the clipboard.
  const elsewhere = await context.newPage();
  await elsewhere.setContent('<textarea></textarea>');
  const field = elsewhere.getByRole('textbox');
  await field.focus();
  await elsewhere.keyboard.press('ControlOrMeta+V');
  await expect(field).toHaveValue(report);
});

test('what is measured neither waits for images nor changes what is trained', async ({ app }) => {
  await app.open('?side=64');
  await app.bar.device.click();
  await app.bar.dialog.getByTestId('measure-speed').click();
  await app.bar.closeDialog();
  await app.trainBriefly();
  await app.bar.device.click();
  await expect(app.bar.dialog.getByTestId('speed-table')).toBeVisible({ timeout: 60_000 });
  await app.bar.closeDialog();
  await app.go('test');
  await app.test.open();
});
