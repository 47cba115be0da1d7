import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Locator, type Page } from '@playwright/test';
import { launch } from '../browser.mjs';
import { filmed, fortyCodes, photographed } from '../codes.ts';
import { App } from '../pages/app.ts';
import { overflowing } from '../pages/fit.ts';
import { expect, test } from '../pages/fixtures.ts';
import { placed } from '../pages/lesson.ts';
import { LANGUAGES, say, speak } from '../pages/words.ts';

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
  let screenshot: Uint8Array = new Uint8Array();
  for (const [arm, seed] of [
    ['plain', 11],
    ['augmentation', 12],
  ] as const) {
    const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
    const learner = new App(await context.newPage());
    codes.push(await trained(learner, `?side=64&arm=${arm}&seed=${seed}`));
    qr = await drawn(learner, 'result-code');
    await learner.page.emulateMedia({ colorScheme: 'light' });
    screenshot = await learner.page.screenshot({ fullPage: true });
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
    await app.room.readPicture(await photographed(qr));
    await expect(app.room.again).toContainText(codes[1]!, { timeout: 30_000 });
    await app.room.expectCount(2);
  });

  await test.step('what was said of a picture goes once the next has no code', async () => {
    await app.room.readPicture(await photographed('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'));
    await expect(app.room.scanSaid).toHaveText(say('room.scan.nothing'), { timeout: 30_000 });
    await expect(app.room.said).toBeEmpty();
  });

  await test.step('a screenshot of a whole report is read', async () => {
    await app.room.readPicture(screenshot);
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
  await expect(app.room.wrong.first()).toContainText(`oops ${wrong}`);
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
  await expect(slides.getByTestId('slide-heading')).toHaveText(say('lesson.step.start'));
  await expect(slides.getByTestId('slide-question')).toHaveText(say('room.slides.start'));
  await expectLarge(slides.getByTestId('slide-question'));
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('slide-words')).toHaveText(say('lesson.discussion.start'));
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('slide-question')).toHaveText(say('lesson.question.train'));
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
  // The question with its answers, and only then the finding.
  await expect(slides.getByTestId('slide-question')).toHaveText(say('lesson.question.look'));
  await expect(slides.locator('.slide-choices li')).toHaveCount(4);
  await expect(slides.getByTestId('slide-finding')).toHaveCount(0);
  await axeInBothThemes();
  await picture(page, 'room-projector-question');
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('slide-finding')).toHaveText(say('room.finding.look'));
  await expect(slides.getByTestId('slide-question')).toHaveCount(0);
  // The room's own runs are compared in the second lesson.
  await page.keyboard.press('Escape');
  await app.room.otherLesson.click();
  await app.room.section.getByTestId('projector').click();
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('slide-heading')).toHaveText(say('lesson.step.compare'));
  await page.keyboard.press('ArrowRight');
  await expect(slides.getByTestId('plot-room-arms')).toBeVisible();
  await expectLarge(slides.locator('figcaption strong'));
  await axeInBothThemes();
  await picture(page, 'room-projector-arms');
  await page.keyboard.press('Escape');
  await expect(app.room.section).toBeVisible();
});

test('the projector in its own window follows step and clock of the notes', async ({ app, page, axe }) => {
  await app.open('?room&side=64');
  await app.room.section.getByTestId('prepare').locator('summary').click();
  await expect(app.room.section.getByTestId('prepare').locator('tr')).toHaveCount(8);
  await expect(app.room.section.getByTestId('message-learners')).toContainText(await app.room.link.innerText());
  await expect(app.room.section.getByTestId('message-unreachable')).toHaveText(say('dist.link_here'));
  const saved = page.waitForEvent('download');
  await app.room.section.getByTestId('take-along').locator('a').first().click();
  const single = await saved;
  expect(single.suggestedFilename()).toBe('firstread.html');
  expect(statSync(await single.path()).size).toBeGreaterThan(5_000_000);
  await axe();
  await expect(app.room.section.getByTestId('guide-slide')).toHaveText(say('room.guide.would_show', { slide: say('room.slide.join') }));
  const opened = page.waitForEvent('popup');
  await app.room.section.getByTestId('projector-window').click();
  const projector = await opened;
  const slides = projector.getByTestId('slides');
  await expect(slides.getByTestId('slide-link')).toBeVisible();
  await app.room.section.getByTestId('step-on').click();
  await expect(slides.getByTestId('slide-heading')).toHaveText(say('lesson.step.train'));
  await app.room.section.getByTestId('clock-start').click();
  await expect(slides.getByTestId('slide-clock')).not.toHaveText('00:00');
  await app.room.section.getByTestId('clock-start').click();
  await expect(slides.getByTestId('slide-clock')).toHaveText((await app.room.section.getByTestId('clock').textContent())!);
  // And the other way round.
  for (let press = 0; press < 3; press += 1) await projector.keyboard.press('ArrowRight');
  await expect(app.room.section.getByTestId('guide').getByRole('heading').first()).toContainText(say('lesson.step.look'));
  await expect(page.getByTestId('keeping')).toBeEmpty();
  // The notes turn the slides too, and say which is shown.
  const at = (id: string) => app.room.section.getByTestId(id);
  await at('guide-slide-on').click();
  await expect(at('guide-slide')).toHaveText(say('room.guide.shown', { slide: say('room.slide.finding') }));
  await expect(at('guide-slide-after')).toHaveText(say('room.guide.after', { slide: say('room.slide.discuss') }));
  await expect(slides.getByTestId('slide-finding')).toHaveText(say('room.finding.look'));
  // So do a presenter's keys, wherever the last click was, but not what is typed.
  await page.keyboard.press('PageDown');
  await expect(slides.getByTestId('slide-words')).toHaveText(say('lesson.discussion.look'));
  await at('codes').press('PageUp');
  await page.getByRole('heading').first().click();
  await page.keyboard.press('PageUp');
  await expect(slides.getByTestId('slide-finding')).toBeVisible();
  // Escape ends the full screen of the window, not the window.
  await projector.keyboard.press('Escape');
  await expect(slides).toBeVisible();
  // What was chosen for the link is on the projector, and still there after a reload of the notes.
  await app.room.choose('link-arm', 4);
  await app.room.section.getByTestId('link-seed').fill('7');
  await expect(app.room.section.getByTestId('link-warning')).toHaveText(say('room.join.one_run'));
  await page.reload();
  await expect(app.room.link).toContainText('arm=both&seed=7');
  await expect(app.room.section.getByTestId('link-seed')).toHaveValue('7');
  await app.room.backToZero();
  await expect(slides.getByTestId('slide-link')).toContainText('arm=both&seed=7');
  const closed = projector.waitForEvent('close');
  await slides.getByTestId('slides-leave').click();
  await closed;
});

/** Twenty points are 26.7 pixels. */
const expectLarge = async (words: Locator) => {
  const size = await words.evaluate((element) => getComputedStyle(element).fontSize);
  expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(26.7);
};

for (const [width, height] of [[1280, 800], [1920, 1080], [768, 1024]] as const) {
  test(`every slide fits above its foot at ${width} x ${height}, without the speaker's notes`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    for (const language of LANGUAGES) {
      speak(language);
      await page.goto(`?room&side=64&lang=${language}`);
      await app.room.add(fortyCodes().join('\n'));
      const notes = await app.room.section.getByTestId('guide').locator('p').allTextContents();
      expect(notes.length).toBeGreaterThan(3);
      const slides = page.getByTestId('slides');
      const words = () => slides.locator('.slide').innerText();
      const seen: string[] = [];
      // The link, eight steps, six findings with their discussions, the codes and how the room did, what is to be remembered, and what the first
      // step and the last talk about; then the link, five steps, four findings with their discussions and two plots of the room's own.
      for (const to of [26, 26 + 16]) {
        // The step is kept: to the beginning of its lesson.
        await app.room.backToZero();
        await app.room.section.getByTestId('projector').click();
        for (;;) {
          const now = await words();
          expect(await overflowing(page), `${language} ${now}`).toEqual([]);
          expect(await slides.evaluate(beyondFoot), `${language} ${now}`).toEqual([]);
          await picture(page, `room-slide-${width}-${language}-${seen.push(now)}`);
          if (seen.length === to) break;
          await page.keyboard.press('ArrowRight');
          await expect.poll(words).not.toBe(now);
        }
        await expect(slides.locator('.slide-words')).toHaveText(say('lesson.discussion.take_away'));
        await expect(slides.getByTestId('slide-on')).toHaveAttribute('aria-disabled', 'true');
        await page.keyboard.press('Escape');
        await app.room.otherLesson.click();
      }
      // All differ but the link, which both begin with.
      expect(new Set(seen).size).toBe(41);
      for (const step of ['start', 'look', 'train', 'hospital']) {
        const points = say(`room.steps.${step}.points`);
        expect(seen.some((slide) => slide.includes(points)), step).toBe(false);
      }
      await app.room.clear();
    }
  });
}

/** What of a slide lies above the window or reaches into the slide's foot. */
const beyondFoot = (slides: Element) => {
  const foot = slides.querySelector('.slide-foot')!.getBoundingClientRect();
  const parts = [...slides.querySelectorAll('.slide *')];
  return parts
    .filter((part) => part.checkVisibility() && part.closest('.unseen') === null)
    .filter((part) => {
      const area = part.getBoundingClientRect();
      return area.height > 0 && (area.top < -0.5 || area.bottom > foot.top + 0.5);
    })
    .map((part) => `${part.tagName} ${part.getAttribute('class')} ${part.textContent?.slice(0, 40)}`);
};

test('the room has an address of its own, which a reload keeps', async ({ app, page }) => {
  await app.open('?side=64');
  await app.room.open();
  const isOpen = () => new URL(page.url()).searchParams.has('room');
  await expect.poll(isOpen).toBe(true);
  // It is neither the lesson nor free play.
  for (const way of ['to-lesson', 'to-free-play']) {
    await expect(page.getByTestId(way)).toHaveAttribute('aria-pressed', 'false');
  }
  await page.reload();
  await expect(app.room.section).toBeVisible();
  await app.room.section.getByTestId('back').click();
  await expect.poll(isOpen).toBe(false);
  expect(new URL(page.url()).searchParams.get('side')).toBe('64');
  await expect(page.getByTestId('to-free-play')).toHaveAttribute('aria-pressed', 'true');
  await page.reload();
  await expect(page.getByTestId('station-look')).toBeVisible();
  await expect(app.room.section).toHaveCount(0);
});

test('clock and steps stay in view, and a double click counts once', async ({ app, page }) => {
  for (const [width, height] of [[1280, 800], [768, 1024]] as const) {
    await page.setViewportSize({ width, height });
    await app.open('?room&side=64');
    await app.room.add(fortyCodes().join('\n'));
    for (const end of ['top', 'bottom'] as const) {
      await page.evaluate((end) => scrollTo(0, end === 'top' ? 0 : document.body.scrollHeight), end);
      for (const id of ['clock', 'clock-start', 'step-on']) {
        await expect(app.room.section.getByTestId(id)).toBeInViewport({ ratio: 1 });
      }
    }
    await app.room.clear();
  }
  const start = app.room.section.getByTestId('clock-start');
  await start.dblclick();
  await expect(start).toHaveText(say('room.time.pause'));
  await expect(app.room.standing).toHaveText(say('room.time.on_time'));
  // Two presses with time between them are two.
  await page.waitForTimeout(700);
  await start.click();
  await expect(app.room.standing).toHaveText(say('room.time.paused'));
  await app.room.backToZero();
  await expect(app.room.standing).toHaveText(say('room.time.not_started'));
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
  await expect(app.room.standing).toContainText(say('lesson.step.heat'));
  await app.room.section.getByTestId('step-on').click();
  await expect(app.room.standing).toHaveText(say('room.time.on_time'));
  // The second lesson is another session.
  await expect(app.room.section.getByTestId('guide-second')).toHaveText(say('lesson.second.what', { n: 30 }));
  await app.room.otherLesson.click();
  await app.room.section.getByTestId('other-no').click();
  // The focus comes with the next frame, which waits for the clock.
  await page.clock.runFor(50);
  await expect(app.room.otherLesson).toBeFocused();
  await expect(app.room.section.getByTestId('clock')).toHaveText('03:01');
  await app.room.otherLesson.click();
  await app.room.section.getByTestId('other-yes').click();
  await expect(app.room.section.getByTestId('clock')).toHaveText('00:00');
  await expect(app.room.section.getByTestId('guide')).toContainText(placed('compare'));
  await app.room.otherLesson.click();
  await expect(app.room.section.getByTestId('guide')).toContainText(placed('start'));
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
