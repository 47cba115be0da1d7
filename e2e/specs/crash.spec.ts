import { twoClasses } from '../films.ts';
import { beforeEngine, keepWorkers } from '../pages/browser.ts';
import type { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { begin, say } from '../pages/words.ts';

const DETAIL = 'ended by a test';

/** Milliseconds after which a run has been kept. */
const KEPT_AFTER = 2_000;

/** Lets the engine's worker be ended from the page, by an error that nothing in it catches. */
const endable = `
  addEventListener('message', ({ data }) => {
    if (data === 'end') throw new Error('${DETAIL}');
  });
`;

const endEngine = (app: App) =>
  app.page.evaluate(() => {
    const { workers } = globalThis as unknown as { workers: Worker[] };
    workers.at(-1)!.postMessage('end');
  });

test.beforeEach(async ({ app }) => {
  await keepWorkers(app.page);
  await beforeEngine(app.page, endable);
});

/** Whatever the browser's console told was of the error that the test made. */
const expectOnly = (troubles: string[]) => {
  for (const trouble of troubles) expect(trouble).toContain(DETAIL);
  troubles.length = 0;
};

test('an engine that ends in mid-training is started anew, with the films and what it had trained', async ({
  app,
  folder,
  troubles,
}) => {
  await app.open('?side=64');
  await app.drop(folder('my films', twoClasses(5)));
  await app.expectFilms(10);
  await app.go('train');
  await app.train.set('epochs', 100);
  await app.train.set('tuning-epochs', 50);
  await app.train.start();
  await app.train.expectUnderWay();
  await new Promise((resolve) => setTimeout(resolve, KEPT_AFTER));
  await endEngine(app);
  await app.expectFilms(10);
  await app.train.expectTrained();
  await expect(app.train.epochs).toHaveCount(150);
  await app.go('test');
  await app.test.open();
  expectOnly(troubles);
});

test('a question to an engine that ends gets an answer all the same', async ({
  app,
  folder,
  troubles,
}) => {
  await app.open('?side=64');
  await app.drop(folder('my films', twoClasses(3)));
  await app.expectFilms(6);
  await app.trainBriefly();
  await app.go('try');
  // Both reach the engine before it can answer.
  await app.page.evaluate(() => {
    const { workers } = globalThis as unknown as { workers: Worker[] };
    workers.at(-1)!.postMessage('end');
    document.querySelector<HTMLElement>('[data-odd="knees"]')!.click();
  });
  await expect(app.ask.latest).toHaveAttribute('data-state', 'failed');
  await expect(app.ask.latest).toContainText(begin('failure.crashed'));
  await expect(app.ask.latest).toContainText(DETAIL);
  await app.expectFilms(6);
  await expect(app.nav('train')).toContainText(begin('station.trained_to'));
  expectOnly(troubles);
});

test('an engine that ends while it reads: that stays readable, with the films from before', async ({
  app,
  page,
  folder,
  troubles,
  axeInBothThemes,
}) => {
  await beforeEngine(
    page,
    `addEventListener('message', ({ data }) => {
      if (data?.[1] instanceof File) throw new Error('${DETAIL}');
    });`,
  );
  await app.open('?side=64');
  await app.drop(folder('my films', twoClasses(3)));
  await app.look.expectLedTo(app.look.loadError, say('look.broke_off'));
  await expect(app.look.said).toContainText(say('look.interrupted'));
  // Once the next engine has the films from before, and can compute with them.
  await app.trainBriefly();
  await app.go('look');
  await app.expectFilms(192);
  await expect(app.look.loadError).toContainText(say('look.interrupted'));
  await axeInBothThemes();
  await page.getByTestId('pack-paediatric').click();
  await app.look.giveUp();
  await app.expectFilms(16);
  await expect(app.look.loadError).toHaveCount(0);
  expectOnly(troubles);
});

test('an engine that never starts is given up, and started again on request', async ({
  page,
  app,
  troubles,
  axeInBothThemes,
}) => {
  let attempts = 0;
  await page.route('**/engine-start.js', async (route) => {
    attempts += 1;
    if (attempts > 3) return route.continue();
    const response = await route.fetch();
    await route.fulfill({ response, body: `throw new Error('${DETAIL}');` });
  });
  await page.goto('?side=64');
  await expect(app.bar.device).toHaveText(say('device.stopped'), { timeout: 60_000 });
  await app.bar.device.click();
  await expect(app.bar.dialog).toContainText(begin('device.stopped_why'));
  await expect(app.bar.dialog).toContainText(DETAIL);
  await axeInBothThemes();
  await app.bar.dialog.getByRole('button', { name: say('device.start_again') }).click();
  await app.bar.closeDialog();
  await app.expectFilms(192);
  await app.trainBriefly();
  expectOnly(troubles);
});
