import { readFileSync } from 'node:fs';
import { launch } from '../browser.mjs';
import { filmsOf, text } from '../films.ts';
import { beforeEngine, keepWorkers } from '../pages/browser.ts';
import { drag } from '../pages/drop.ts';
import { overflowing } from '../pages/fit.ts';
import { expect, test as base } from '../pages/fixtures.ts';
import { Kiosk, MOMENTS, PASS, QUICK, SLOW } from '../pages/kiosk.ts';
import { Tab } from '../pages/tab.ts';
import { share } from '../pages/train.ts';
import { begin, say, speak } from '../pages/words.ts';

const DETAIL = 'ended by a test';

const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: async ({ page }, use) => {
    speak('en');
    await use(new Kiosk(page));
  },
});

/** Object URLs that were made and not given back, since the page was opened. */
const countObjectUrls = (page: Kiosk['page']) =>
  page.addInitScript(() => {
    const left = new Set<string>();
    Object.assign(globalThis, { objectUrls: left });
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const url = createObjectURL.call(URL, object);
      left.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      left.delete(url);
      revokeObjectURL.call(URL, url);
    };
  });

/** Everything that the browser keeps for this page, and what it holds in memory under an address. */
const kept = (page: Kiosk['page']) =>
  page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    cookies: document.cookie,
    objectUrls: (globalThis as unknown as { objectUrls: Set<string> }).objectUrls.size,
    files: [...document.querySelectorAll<HTMLInputElement>('input[type=file]')].map(
      ({ files }) => files?.length,
    ),
  }));

/** Lets a test stop the newest engine with `hang`; to be called before the page is opened. */
const canHang = async (page: Kiosk['page']) => {
  await keepWorkers(page);
  await beforeEngine(
    page,
    `addEventListener('message', ({ data }) => { if (data === 'hang') for (;;); });`,
  );
};

const hang = (page: Kiosk['page']) =>
  page.evaluate(() =>
    (globalThis as unknown as { workers: Worker[] }).workers.at(-1)!.postMessage('hang'),
  );

test('the loop that invites really trains, one network after another', async ({
  kiosk,
  axeInBothThemes,
  page,
}) => {
  await kiosk.serve({ ...QUICK, epochs: 4 });
  // Nothing can be learned before they are there; films can be shown.
  let letWeightsCome = () => {};
  const weightsMayCome = new Promise<void>((resolve) => (letWeightsCome = resolve));
  await page.route('**/weights/*', async (route) => {
    await weightsMayCome;
    await route.continue();
  });
  await page.goto('?kiosk&device=cpu');
  await kiosk.expectPlace('attract');
  await expect(kiosk.at('first-films').locator('canvas')).toHaveCount(12);
  await expect(kiosk.at('first-films').locator('canvas[width="1"]')).toHaveCount(0);
  letWeightsCome();
  await expect(page.getByTestId('nav-look')).toHaveCount(0);
  await expect(page.locator('a[href]')).toHaveCount(0);
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
  await expect(page.getByTestId('batch').locator('li')).not.toHaveCount(0);
  let shown = await kiosk.shown();
  const standing = async () => {
    shown = await kiosk.shown();
    return shown.standing;
  };
  await expect.poll(standing, SLOW).toContain(begin('kiosk.attract.done'));
  expect(share(shown.standing)).toBeGreaterThan(0.7);
  // On the films that it learns from, the curve rises: upwards is towards zero in a drawing.
  expect(shown.heights.at(-1)).toBeLessThan(shown.heights[0]!);
  await axeInBothThemes();
  await expect(kiosk.at('standing')).toHaveText(say('kiosk.attract.begins'), SLOW);
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
});

test('a visitor goes the whole way, with an odd film and a dropped one', async ({
  kiosk,
  page,
  axe,
  file,
}) => {
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await expect(kiosk.at('simulated')).toContainText(begin('kiosk.look.simulated'));
  await kiosk.at('sample').first().click(SLOW);
  await expect(kiosk.at('film')).toBeVisible();
  await axe();
  await page.keyboard.press('Escape');
  await kiosk.train();
  await axe();
  // The second half of a double touch is none on the stop that comes.
  await kiosk.next.dblclick();
  await kiosk.at('start').click(SLOW);

  // The labels are those of the pack: names of its folders.
  const classes = ['abdomen', 'chest'];
  const judged = new Set<boolean>();
  let rights = 0;
  for (let n = 1; n <= 10; n += 1) {
    const total = say('kiosk.contest.film', { n, total: 10 });
    await expect(page.getByText(total, { exact: true })).toBeVisible();
    await expect(kiosk.at('round').locator('canvas')).toBeVisible();
    await kiosk.leaveAlone(QUICK.glance_ms / 1000 + 0.1);
    await expect(page.getByText(say('kiosk.contest.hidden'))).toBeVisible();
    if (n === 1) await axe();
    // Always "chest", so that the score is the number of chests among the films.
    const said = classes.indexOf('chest');
    const chest = kiosk.at(`say-${said}`);
    await kiosk.say(said, async () => {
      const right = (await chest.getAttribute('data-mark')) === 'right';
      rights += Number(right);
      // Where it was touched, in words and not by color alone, and aloud.
      const mark = say(right ? 'kiosk.contest.right' : 'kiosk.contest.wrong');
      await expect(chest).toContainText(mark);
      const was = say('kiosk.contest.was', { truth: right ? 'Chest' : 'Abdomen' });
      await expect(kiosk.at('verdict')).toHaveText(`${mark}. ${was}`);
      if (!right) await expect(kiosk.at(`say-${1 - said}`)).toHaveAttribute('data-mark', 'missed');
      judged.add(right);
      // The other half of a double tap is no answer to the next image, which has not come yet.
      await chest.click();
      await expect(page.getByText(total, { exact: true })).toBeVisible();
      await expect(kiosk.at('round').locator('canvas')).toBeVisible();
    });
  }
  expect(judged, 'both right and wrong answers').toEqual(new Set([true, false]));
  const visitor = (await kiosk.at('score-visitor').textContent())!;
  const own = Number(visitor.match(/^\d+/)![0]);
  const missed = await kiosk.at('missed').allTextContents();
  const abdomen = missed.filter((words) => words.includes(say('kiosk.contest.missed', { truth: 'Abdomen', visitor: 'Chest', network: '' }).split('.')[0]!));
  expect(own).toBe(10 - abdomen.length);
  expect(own).toBe(rights);
  const network = Number((await kiosk.at('score-network').textContent())!.match(/^\d+/)![0]);
  const wrong = missed.filter((words) => {
    const [, truth, , said] = words.match(/: (\w+)\.\s.*: (\w+)\.\s.*: (\w+)\./)!;
    return truth !== said;
  });
  expect(network).toBe(10 - wrong.length);
  await axe();

  await kiosk.next.click();
  await kiosk.expectPlace('film');
  await axe();
  await kiosk.askOdd('knees');
  await kiosk.expectHeat();
  await axe();
  await kiosk.at('another').click();
  await kiosk.expectPlace('film');
  await expect(kiosk.at('ordinary')).toHaveCount(2);
  await drop(kiosk, file('a film.jpg', chest()));
  await kiosk.expectAnswer();
  await expect(kiosk.at('sentence')).toContainText(/Chest|Not like/);
  await kiosk.at('another').click();
  await drop(kiosk, file('no film.jpg', text('nothing')));
  await expect(kiosk.at('sentence')).toContainText(say('kiosk.answer.failed'), SLOW);
  await kiosk.next.click();
  await expect(kiosk.at('deeds').locator('li')).toHaveCount(5);
  // What the network's score on all locked-away images says, and no address that is of use on this computer only.
  const tested = kiosk.at('deeds').locator('li').filter({ hasText: say('kiosk.end.tested') });
  const [score] = (await tested.textContent())!.match(/\d+ of \d+/)!;
  await expect(kiosk.at('learned')).toContainText(score);
  await expect(kiosk.at('take')).toHaveCount(0);
  await axe();
  await kiosk.at('finish').click();
  await kiosk.expectPlace('attract');

  await kiosk.openOperator();
  expect(await kiosk.count('visits')).toBe(1);
  expect(await kiosk.count('trainings')).toBe(1);
  expect(await kiosk.count('answers')).toBe(2);
  expect(await kiosk.count('resets')).toBe(0);
});

test('what was learned is shown one pass after the other', async ({ kiosk, page }) => {
  const passes = 4;
  await kiosk.serve({ ...QUICK, epochs: passes });
  await kiosk.open();
  await kiosk.begin();
  await kiosk.next.click();
  await expect(kiosk.at('train')).toBeVisible(SLOW);
  // The engine trains on while the page's clock stands: all passes may be there before the first is shown.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 20_000));
  await kiosk.at('train').click();
  const dots = page.locator('[data-testid="plot-accuracy"] .plot-dot.look-soft');
  const seen: { shown: number; next: number }[] = [];
  const look = async () => {
    await kiosk.leaveAlone(PASS);
    const shown = await dots.count();
    seen.push({ shown, next: await kiosk.next.count() });
    return shown;
  };
  await expect.poll(look, SLOW).toBe(passes);
  const numbers = seen.map(({ shown }) => shown);
  expect([...new Set(numbers)].filter((shown) => shown > 0)).toEqual([1, 2, 3, 4]);
  for (const { shown, next } of seen) if (shown < passes) expect(next).toBe(0);
  await page.clock.resume();
  await expect(kiosk.next).toBeVisible(SLOW);
});

test('an ordinary image is asked about, and what it is is said', async ({ kiosk, page, axe }) => {
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await kiosk.skipContest();
  await expect(kiosk.next).toHaveText(say('kiosk.film.next'));
  // Also where it is asked about twice, it is one image.
  for (let time = 0; time < 2; time += 1) {
    await kiosk.askOrdinary('Chest');
    await expect(kiosk.at('sentence')).toContainText(say('kiosk.answer.is', { truth: 'Chest' }));
    await kiosk.expectHeat();
    await kiosk.at('another').click();
    await kiosk.expectPlace('film');
  }
  await expect(kiosk.next).toHaveText(say('kiosk.answer.next'));
  await kiosk.askOrdinary('Abdomen');
  await expect(kiosk.at('sentence')).toContainText(say('kiosk.answer.is', { truth: 'Abdomen' }));
  // Another person is not out of distribution for being another.
  await expect(kiosk.at('sentence')).not.toContainText(say('kiosk.answer.abstains'));
  await expect(kiosk.at('answer')).toContainText(say('kiosk.answer.scores'));
  await kiosk.at('enlarge').click();
  await expect(kiosk.at('film')).toBeVisible();
  await axe();
  await page.keyboard.press('Escape');
  await expect(kiosk.at('film')).toBeHidden();
  await kiosk.at('enlarge').click();
  await expect(kiosk.at('film')).toBeVisible();
  // A touch beside it.
  await page.mouse.click(5, 5);
  await expect(kiosk.at('film')).toBeHidden();
  await kiosk.expectHeat();
  await kiosk.at('enlarge-heat').click();
  await expect(kiosk.at('film').locator('canvas.heat')).toBeVisible();
  await page.screenshot({ path: 'screens/kiosk-heat-large.png' });
  await axe();
  await page.keyboard.press('Escape');
  await expect(kiosk.at('film')).toBeHidden();
  await kiosk.goBack('train');
  await expect(kiosk.at('sentence')).toHaveCount(0);
  await expect(kiosk.next).toHaveText(say('kiosk.train.next'));
  await kiosk.goBack('film');
  await kiosk.next.click();
  await expect(kiosk.at('deeds')).toContainText(say('kiosk.end.asked', { n: 2 }));
});

test('who starts again keeps the language, who finishes does not', async ({ kiosk, page }) => {
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.at('language-es').click();
  await kiosk.train();
  await kiosk.skipContest();
  await kiosk.next.click();
  await kiosk.expectPlace('end');
  await kiosk.at('restart').click();
  await kiosk.expectPlace('look');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await kiosk.at('leave').click();
  await kiosk.expectPlace('attract');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

/** Pixels of the page below the window's lower edge. */
const hidden = (page: Kiosk['page']) =>
  page.evaluate(() => document.documentElement.scrollHeight - innerHeight);

const chest = () => Object.values(filmsOf('chest', 1))[0]!;

/** Drops a file of the disk in the middle of the page. */
const drop = async (kiosk: Kiosk, path: string) => {
  const file = await drag(kiosk.page, [path]);
  await file.over();
  await file.drop();
};

test('a visit that is left is asked about, and forgotten without a trace', async ({
  kiosk,
  page,
  file,
  axeInBothThemes,
}) => {
  await countObjectUrls(page);
  await keepWorkers(page);
  await kiosk.serve();
  await kiosk.open();
  const before = await kept(page);
  await kiosk.begin();
  await kiosk.at('language-es').click();
  await kiosk.train();
  await kiosk.skipContest();
  const own = file('María García.jpg', chest());
  await page.getByTestId('kiosk-file').setInputFiles(own);
  await kiosk.expectAnswer();
  await kiosk.expectHeat();
  // As markup, where a space that does not break has a name of its own.
  const told = await kiosk.at('sentence').getByRole('heading').innerHTML();
  expect(await page.content()).toContain(told);
  const engines = () =>
    page.evaluate(() => (globalThis as unknown as { workers: Worker[] }).workers.length);
  const enginesBefore = await engines();

  const { idle_seconds, countdown_seconds } = QUICK;
  await kiosk.leaveAlone(idle_seconds - MOMENTS);
  await expect(kiosk.question).toBeHidden();
  await kiosk.leaveAlone(MOMENTS + 1);
  await expect(kiosk.question).toBeVisible();
  await axeInBothThemes();
  await kiosk.at('stay').click();
  await expect(kiosk.question).toBeHidden();
  await kiosk.expectPlace('answer');

  await kiosk.leaveAlone(idle_seconds + 1);
  const left = async () => Number((await kiosk.at('countdown').textContent())!.match(/\d+/)![0]);
  const first = await left();
  expect(first).toBeGreaterThan(countdown_seconds - MOMENTS);
  await kiosk.leaveAlone(5);
  expect(await left()).toBeLessThan(first);
  await kiosk.leaveAlone(countdown_seconds);
  await kiosk.expectPlace('attract');

  // The engine that knew the film is gone, and another one has taken its place.
  expect(await engines()).toBe(enginesBefore + 1);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const after = await kept(page);
  const counters = JSON.parse(after.local['firstread.kiosk']!) as Record<string, unknown>;
  expect(Object.keys(counters).toSorted()).toEqual(
    ['answers', 'recoveries', 'resets', 'since', 'trainings', 'visits'],
  );
  expect(counters).toMatchObject({ visits: 1, trainings: 1, answers: 1, resets: 1 });
  delete after.local['firstread.kiosk'];
  delete before.local['firstread.kiosk'];
  expect(after).toEqual({ ...before, objectUrls: 0, files: [] });
  expect(await page.content()).not.toContain(told);
  await expect(page.locator('canvas.heat')).toHaveCount(0);
});

test('who leaves is asked only where there is a network to lose', async ({
  kiosk,
  page,
  axeInBothThemes,
}) => {
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  // A double touch must not choose a language for the next visitor.
  await kiosk.at('leave').dblclick();
  await kiosk.expectPlace('attract');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await kiosk.begin();
  await kiosk.train();
  await kiosk.at('leave').click();
  await axeInBothThemes();
  await kiosk.at('leaving-no').click();
  await expect(kiosk.at('leaving')).toBeHidden();
  await kiosk.expectPlace('train');
  await kiosk.leave();
  await kiosk.expectPlace('attract');
});

test('an address from the settings is there to take home', async ({ kiosk }) => {
  const address = 'https://firstread.example/';
  await kiosk.serve({ ...QUICK, address });
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await kiosk.skipContest();
  await kiosk.next.click();
  await expect(kiosk.at('address')).toHaveText(address);
});

test('training does not count as absence', async ({ kiosk, page }) => {
  await canHang(page);
  await kiosk.serve({ ...QUICK, idle_seconds: MOMENTS, epochs: 50, tuning_epochs: 20 });
  await kiosk.open();
  await kiosk.begin();
  await kiosk.next.click();
  await kiosk.at('train').click(SLOW);
  await expect(kiosk.at('left')).toBeVisible();
  // Training lasts as long as the clock needs to be moved, however fast the computer trains.
  await hang(page);
  await kiosk.leaveAlone(2 * MOMENTS);
  await expect(kiosk.at('left')).toBeVisible();
  await expect(kiosk.question).toBeHidden();
  await kiosk.expectPlace('train');
});

test('an engine that ends is started anew, and the loop goes on', async ({
  kiosk,
  page,
  troubles,
}) => {
  await keepWorkers(page);
  await beforeEngine(
    page,
    `addEventListener('message', ({ data }) => { if (data === 'end') throw new Error('${DETAIL}'); });`,
  );
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await page.evaluate(() =>
    (globalThis as unknown as { workers: Worker[] }).workers.at(-1)!.postMessage('end'),
  );
  await kiosk.expectPlace('attract');
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
  await kiosk.openOperator();
  expect(await kiosk.count('recoveries')).toBe(1);
  for (const trouble of troubles) expect(trouble).toContain(DETAIL);
  troubles.length = 0;
});

test('an engine that hangs is replaced', async ({ kiosk, page }) => {
  await canHang(page);
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await kiosk.skipContest();
  await hang(page);
  await kiosk.at('odd').first().click();
  await kiosk.leaveAlone(QUICK.patience_seconds - MOMENTS);
  await kiosk.expectPlace('answer');
  await kiosk.leaveAlone(MOMENTS + 2);
  await kiosk.expectPlace('attract');
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
  await kiosk.openOperator();
  expect(await kiosk.count('recoveries')).toBe(1);
});

test('the screen is kept awake, again after it was hidden', async ({ kiosk, page }) => {
  await page.addInitScript(() => {
    Object.assign(globalThis, { asked: [] });
    const lock = navigator.wakeLock;
    const request = lock.request.bind(lock);
    lock.request = (kind) => {
      (globalThis as unknown as { asked: unknown[] }).asked.push(kind);
      return request(kind);
    };
  });
  const asked = () => page.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked);
  await kiosk.serve();
  await kiosk.open();
  await expect.poll(asked).toEqual(['screen']);
  const tab = new Tab(page);
  await tab.visible(false);
  await tab.visible(true);
  await expect.poll(asked).toEqual(['screen', 'screen']);
});

test('a visitor photographs a film, and the camera is closed with the visit', async ({
  playwright,
  baseURL,
}) => {
  const { channel, launchOptions } = launch('cpu');
  const args = [
    ...launchOptions.args,
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ];
  const browser = await playwright.chromium.launch({ ...launchOptions, channel, args });
  const context = await browser.newContext({ baseURL, permissions: ['camera'], serviceWorkers: 'block' });
  const page = await context.newPage();
  speak('en');
  const kiosk = new Kiosk(page);
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(globalThis, { tracks });
    const { getUserMedia } = MediaDevices.prototype;
    MediaDevices.prototype.getUserMedia = async function get(wanted) {
      const stream = await getUserMedia.call(this, wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  const tracks = () =>
    page.evaluate(() =>
      (globalThis as unknown as { tracks: MediaStreamTrack[] }).tracks.map((track) => track.readyState),
    );
  await kiosk.serve();
  await kiosk.open();
  await kiosk.begin();
  await kiosk.train();
  await kiosk.skipContest();
  expect(await tracks()).toEqual([]);
  await kiosk.at('camera').click();
  await expect(kiosk.at('video')).toBeVisible(SLOW);
  await expect
    .poll(() => kiosk.at('video').evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  // It moves: a page that may not play it would only have its first picture.
  await expect
    .poll(() => kiosk.at('video').evaluate((video: HTMLVideoElement) => video.currentTime))
    .toBeGreaterThan(0);
  expect(await tracks()).toEqual(['live']);
  await kiosk.at('shoot').click();
  await kiosk.expectAnswer();
  await expect(kiosk.at('sentence')).not.toBeEmpty();
  await expect.poll(tracks).toEqual(['ended']);
  await browser.close();
});

test('a page that breaks comes back by itself', async ({ kiosk, page, troubles }) => {
  await kiosk.serve();
  await kiosk.open();
  await page.evaluate((detail) => {
    const error = new WebAssembly.RuntimeError(detail);
    dispatchEvent(new ErrorEvent('error', { error, message: detail }));
  }, DETAIL);
  await expect(page.locator('#crash')).toBeVisible();
  const loaded = page.waitForEvent('load');
  await page.clock.runFor(10_500);
  await loaded;
  await kiosk.expectPlace('attract');
  await kiosk.openOperator();
  expect(await kiosk.count('recoveries')).toBe(1);
  for (const trouble of troubles) expect(trouble).toContain(DETAIL);
  troubles.length = 0;
});

test('the operator gets in by the number, and is the only way out', async ({
  kiosk,
  page,
  axeInBothThemes,
}) => {
  await kiosk.serve();
  await kiosk.open();
  await kiosk.at('corner').click();
  await kiosk.expectPlace('attract');
  // By keyboard.
  await kiosk.at('corner').focus();
  await page.keyboard.down('Enter');
  await kiosk.leaveAlone(3.2);
  await page.keyboard.up('Enter');
  await kiosk.expectPlace('pin');
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 20_000));
  await kiosk.enter('1111');
  await expect(kiosk.at('wrong')).toContainText(begin('kiosk.pin.wrong'));
  // Too soon: not looked at, though it is right.
  await kiosk.enter(QUICK.pin);
  await kiosk.expectPlace('pin');
  await page.clock.resume();
  await axeInBothThemes();
  await kiosk.leaveAlone(3);
  await kiosk.at('enter').click();
  await kiosk.expectPlace('operator');
  await expect(kiosk.at('origin')).toHaveText(say('kiosk.operator.from_file'));
  await expect(kiosk.at('settings')).toContainText('"side": 96');
  await expect(kiosk.at('version')).not.toBeEmpty();
  await expect(kiosk.at('device')).toContainText('CPU');
  await axeInBothThemes();
  for (const [id, kind] of [['csv', 'counter,number,since,until\nvisits,0,'], ['json', '"visits": 0']] as const) {
    const download = page.waitForEvent('download');
    await kiosk.at(id).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain(kind);
  }
  await page.goBack().catch(() => {});
  await kiosk.expectPlace('operator');
  await kiosk.at('exit').click();
  await expect(page.getByTestId('nav-look')).toBeVisible();
  expect(new URL(page.url()).searchParams.has('kiosk')).toBe(false);
});

test('settings that are wrong or missing are named to the operator alone', async ({
  kiosk,
  page,
  troubles,
}) => {
  await kiosk.serve('{"idle_seconds": "soon"}');
  await kiosk.open();
  await expect(page.getByText('soon')).toHaveCount(0);
  await kiosk.openOperator('2580');
  await expect(kiosk.at('origin')).toContainText(begin('kiosk.operator.wrong_file'));
  await expect(kiosk.at('origin')).toContainText('soon');
  await page.unroute('**/kiosk.json');
  await page.route('**/kiosk.json', (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await kiosk.expectPlace('attract');
  await kiosk.openOperator('2580');
  await expect(kiosk.at('origin')).toHaveText(say('kiosk.operator.no_file'));
  for (const trouble of troubles) expect(trouble).toContain('404');
  troubles.length = 0;
});

test('everything fits and is large enough to touch', async ({ kiosk, page }) => {
  await kiosk.serve();
  await page.setViewportSize({ width: 1280, height: 800 });
  await kiosk.open();
  /** Where the one next thing to press is, by the width of the screen. */
  const places = new Map<number, number[]>();
  const check = async (name: string) => {
    for (const [width, height] of [[1280, 800], [1024, 768], [1920, 1080], [768, 1024], [1080, 1920]] as const) {
      await page.setViewportSize({ width, height });
      for (const language of ['es', 'en']) {
        if (await kiosk.at(`language-${language}`).isVisible()) {
          await kiosk.at(`language-${language}`).click();
        }
        expect(await overflowing(page), `${name} ${width} ${language}`).toEqual([]);
        if (name !== 'operator') {
          expect(await hidden(page), `${name} ${width} ${language}`).toBe(0);
        }
      }
      const next = page.locator('.kiosk-screen > .kiosk-next > .primary:visible');
      if (name !== 'operator' && (await next.count()) > 0) {
        const box = (await next.boundingBox())!;
        // Its right edge and its middle, on every screen of this size.
        const place = [box.x + box.width, box.y + box.height / 2].map(Math.round);
        places.set(width, places.get(width) ?? place);
        expect(place, `${name} ${width}`).toEqual(places.get(width));
      }
      const small = await page.locator('.kiosk button:visible').evaluateAll((buttons) =>
        buttons
          .filter((own) => own.getBoundingClientRect().height < 64 || own.getBoundingClientRect().width < 64)
          .map((own) => own.textContent),
      );
      expect(small, `${name} ${width}`).toEqual([]);
      await page.screenshot({ path: `screens/kiosk-${name}-${width}.png` });
    }
  };
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.learns'), SLOW);
  await kiosk.leaveAlone(1);
  await check('attract');
  await kiosk.begin();
  await check('look');
  await kiosk.next.click();
  await expect(kiosk.at('train')).toBeVisible(SLOW);
  await check('train-before');
  await kiosk.at('train').click();
  await expect(kiosk.next).toBeVisible(SLOW);
  await kiosk.leaveAlone(1);
  await check('train');
  await kiosk.next.click();
  await expect(kiosk.at('start')).toBeVisible(SLOW);
  await check('contest');
  await kiosk.at('start').click();
  await check('round');
  for (let n = 0; n < 10; n += 1) await kiosk.say(0);
  await check('scores');
  await kiosk.next.click();
  await check('film');
  await kiosk.askOdd('skull');
  await kiosk.expectHeat();
  await check('answer');
  await kiosk.next.click();
  await check('end');
  expect(places.size).toBe(5);
  await kiosk.openOperator();
  await check('operator');
});
