import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { launch } from '../browser.mjs';
import { filmed, fortyCodes, photographed } from '../codes.ts';
import { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const screens = new URL('../screens/', import.meta.url);
const picture = (page: Page, name: string) =>
  page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, screens)), fullPage: true });

test.beforeAll(() => mkdirSync(screens, { recursive: true }));

/** A QR code as the page draws it, of the link that it shows. */
const drawn = async (app: App, id: string): Promise<string> =>
  app.page.getByTestId(`qr-${id}`).evaluate((element) => element.innerHTML);

/** Trains a little, and gives back the code of the run. */
const trained = async (app: App, link: string): Promise<string> => {
  await app.open(link);
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  await app.takeAway.open();
  return (await app.takeAway.code.textContent())!;
};

test('two learners of different arms are pooled by the facilitator', async ({ app, browser, axe }) => {
  const codes: string[] = [];
  let qr = '';
  for (const [arm, seed] of [
    ['plain', 11],
    ['augmentation', 12],
  ] as const) {
    const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
    const learner = new App(await context.newPage());
    codes.push(await trained(learner, `?side=64&arm=${arm}&seed=${seed}`));
    qr = await drawn(learner, 'result-code');
    await context.close();
  }
  await app.open('?room&side=64');
  await expect(app.room.section).toBeVisible();
  await app.room.add(`Ann: ${codes[0]}\nBen: ${codes[1]!.toLowerCase()}`);
  await app.room.expectCount(2);
  // Neither, dropout, augmentation, both.
  expect(await app.room.learners()).toEqual([1, 0, 1, 0]);
  await expect(app.room.effect('augmentation')).toContainText(/[+-]\d/);
  await expect(app.room.effect('dropout')).toHaveText(
    say('room.results.effect_none', { name: say('room.arm.dropout') }),
  );
  await axe();

  await test.step('a picture of a code that is here already counts once', async () => {
    const bytes = await photographed(qr);
    await app.room.section
      .getByTestId('scan-file')
      .setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer: Buffer.from(bytes) });
    await expect(app.room.again).toContainText(codes[1]!, { timeout: 30_000 });
    await app.room.expectCount(2);
  });

  await test.step('codes outlast a reload, until they are cleared', async () => {
    await app.page.reload();
    await app.room.expectCount(2);
    const clear = app.room.section.getByTestId('clear-codes');
    await clear.click();
    await app.room.expectCount(2);
    await clear.click();
    await app.room.expectCount(0);
    await app.page.reload();
    await app.room.expectCount(0);
  });
});

test('forty codes in one paste are pooled, and wrong ones named', async ({ app, page, axe }) => {
  await app.open('?room&side=64');
  const codes = fortyCodes();
  const wrong = codes[0]!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  const chat = codes.map((code, n) => `${n + 1}. Learner ${n + 1}: ${code}`);
  await app.room.add([...chat, `again ${codes[5]}`, `oops ${wrong}`, 'FR-ABCU-1234-5678'].join('\n'));
  await app.room.expectCount(40);
  await expect(app.room.said).toContainText(codes[5]!);
  await expect(app.room.wrong).toHaveCount(2);
  await expect(app.room.wrong.first()).toContainText(wrong);
  await expect(app.room.wrong.first()).toContainText(say('room.wrong.mistyped'));
  await expect(app.room.wrong.last()).toContainText(say('room.wrong.letter', { letter: 'U' }));
  expect(await app.room.learners()).toEqual([10, 10, 10, 10]);
  // Ten of 38 films.
  await expect(app.room.effect('augmentation')).toContainText('+26.3');
  await expect(app.room.effect('augmentation')).toContainText(say('room.results.apart_from_zero'));
  await expect(app.room.effect('dropout')).toContainText(/[+-]0\.0 /);
  await expect(app.room.effect('dropout')).toContainText(say('room.results.zero'));
  for (const width of [768, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await axe();
      await picture(page, `room-${width}-${colorScheme}`);
    }
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond, `at ${width}`).toBeLessThanOrEqual(0);
  }
});

test('the link says what was chosen', async ({ app }) => {
  await app.open('?room&side=64');
  await app.room.choose('link-task', 1);
  await app.room.choose('link-arm', 3);
  // Served by this computer, as here, a link is of no use to others.
  await expect(app.room.section.getByTestId('link-on-this-computer')).toHaveText(say('dist.link_here'));
  await app.room.section.getByTestId('link-seed').fill('7');
  await app.room.choose('link-language', 2);
  await expect(app.room.link).toHaveText(/\/a\/b\/\?task=mirrored&arm=augmentation&seed=7&lang=es$/);
});

test('the projector shows one thing at a time, large, and keys go on', async ({ app, page, axeInBothThemes }) => {
  await app.open('?room&side=64');
  await app.room.add(fortyCodes().join('\n'));
  await app.room.section.getByTestId('projector').click();
  const slides = page.getByTestId('slides');
  await expect(slides.getByTestId('slide-link')).toBeVisible();
  await axeInBothThemes();
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('slide-heading')).toHaveText(say('room.steps.start.step'));
  const points = await slides.locator('.slide-points').evaluate((element) => getComputedStyle(element).fontSize);
  // Twenty points are 26.7 pixels.
  expect(Number.parseFloat(points)).toBeGreaterThanOrEqual(26.7);
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('plot-room-arms')).toBeVisible();
  await axeInBothThemes();
  await picture(page, 'room-projector-arms');
  await page.keyboard.press('Escape');
  await expect(app.room.section).toBeVisible();
});

test('the clock runs against the plan', async ({ app, page }) => {
  await page.clock.install();
  await app.open('?room&side=64');
  await expect(app.room.standing).toHaveText(say('room.time.not_started'));
  // Far enough ahead for a busy computer: the clock that runs must not be past it.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 20_000));
  await app.room.section.getByTestId('clock-start').click();
  await page.clock.runFor(61_000);
  await expect(app.room.section.getByTestId('clock')).toHaveText('01:01');
  await expect(app.room.standing).toHaveText(say('room.time.on_time'));
  await page.clock.runFor(120_000);
  await expect(app.room.standing).toContainText('behind');
  await app.room.section.getByTestId('step-on').click();
  await expect(app.room.standing).toHaveText(say('room.time.on_time'));
});

test('a code is scanned by the camera, which is closed again', async ({ app }, testInfo) => {
  const code = await trained(app, '?side=64&arm=both&seed=42');
  const video = testInfo.outputPath('camera.y4m');
  writeFileSync(video, await filmed(await drawn(app, 'result-code')));
  const { launchOptions } = launch('cpu');
  const { baseURL } = testInfo.project.use;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [
      ...(launchOptions.args ?? []),
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  });
  try {
    const context = await browser.newContext({ baseURL, permissions: ['camera'], serviceWorkers: 'block' });
    const page = await context.newPage();
    const facilitator = new App(page);
    await facilitator.open('?room&side=64');
    const { room } = facilitator;
    await room.scan.click();
    await room.expectCount(1);
    await expect(room.section.getByTestId('room-runs')).toContainText(code);
    const live = () =>
      room.video.evaluate((video) => {
        const stream = (video as HTMLVideoElement).srcObject as MediaStream;
        Object.assign(globalThis, { stream });
        return stream.getTracks().some((track) => track.readyState === 'live');
      });
    expect(await live()).toBe(true);
    await room.section.getByTestId('back').click();
    const ended = () =>
      page.evaluate(() => {
        const { stream } = globalThis as unknown as { stream: MediaStream };
        return stream.getTracks().every((track) => track.readyState === 'ended');
      });
    await expect.poll(ended).toBe(true);
  } finally {
    await browser.close();
  }
});

test('without a camera the page says what else can be done', async ({ app }) => {
  await app.open('?room&side=64');
  await app.room.scan.click();
  await expect(app.room.scanSaid).toHaveText(
    new RegExp(`${say('room.scan.no_camera')}|${say('room.scan.refused')}`),
  );
  await expect(app.room.video).toHaveCount(0);
});
