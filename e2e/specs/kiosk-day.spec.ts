import { expect, test } from '../pages/fixtures.ts';
import { Kiosk, QUICK, SLOW } from '../pages/kiosk.ts';
import { begin } from '../pages/words.ts';

const CYCLES = 50;
/** Seconds after which a visitor is asked for, and is taken to have left. */
const IDLE = 60;
const COUNTDOWN = 15;
/** From here on, what is made once has been made. */
const SETTLED = 5;
/** What may be left over by forty-five visits. */
const MOST = { heap: 4_000_000, nodes: 400, listeners: 80 };

test('fifty visitors leave no more behind than five', async ({ page }) => {
  test.setTimeout(1_800_000);
  const kiosk = new Kiosk(page);
  const quick = { side: 32, epochs: 1, attract_step_ms: 20, idle_seconds: IDLE, countdown_seconds: COUNTDOWN };
  await kiosk.serve({ ...QUICK, ...quick });
  await page.addInitScript(() => {
    const count = { made: 0, ended: 0 };
    const { terminate } = Worker.prototype;
    Worker.prototype.terminate = function end() {
      if (Reflect.has(this, 'isEngine')) count.ended += 1;
      terminate.call(this);
    };
    const Own = Worker;
    Object.assign(globalThis, {
      engines: count,
      Worker: class extends Own {
        constructor(url: string | URL, options?: WorkerOptions) {
          super(url, options);
          if (!String(url).includes('engine')) return;
          Object.assign(this, { isEngine: true });
          count.made += 1;
        }
      },
    });
  });
  await kiosk.open();
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable');
  const measure = async () => {
    await devTools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devTools.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    return {
      heap: of('JSHeapUsedSize'),
      nodes: of('Nodes'),
      listeners: of('JSEventListeners'),
    };
  };

  let settled = await measure();
  for (let cycle = 1; cycle <= CYCLES; cycle += 1) {
    await kiosk.begin();
    await kiosk.train();
    await kiosk.skipContest();
    await kiosk.askOdd('knees');
    // Nobody answers the question: every second visitor walks away, the others finish.
    if (cycle % 2 === 0) {
      await expect(kiosk.at('heat').locator('canvas.heat')).toBeVisible(SLOW);
      await kiosk.leaveAlone(IDLE + 2);
      await expect(kiosk.question).toBeVisible();
      await kiosk.leaveAlone(COUNTDOWN + 1);
    } else {
      await kiosk.leave();
    }
    await kiosk.expectPlace('attract');
    if (cycle === SETTLED) settled = await measure();
  }
  await expect(kiosk.at('standing')).toContainText(begin('kiosk.attract.done'), SLOW);
  const end = await measure();
  console.log('after five', settled, 'after fifty', end);
  expect(end.heap - settled.heap, 'bytes of the heap').toBeLessThan(MOST.heap);
  expect(end.nodes - settled.nodes, 'nodes').toBeLessThan(MOST.nodes);
  expect(end.listeners - settled.listeners, 'listeners').toBeLessThan(MOST.listeners);

  // The memory of WebAssembly never shrinks: each visit's engine goes with its visitor.
  const engines = await page.evaluate(
    () => (globalThis as unknown as { engines: { made: number; ended: number } }).engines,
  );
  expect(engines).toEqual({ made: CYCLES + 1, ended: CYCLES });
  await kiosk.openOperator();
  expect(await kiosk.count('visits')).toBe(CYCLES);
  expect(await kiosk.count('trainings')).toBe(CYCLES);
  expect(await kiosk.count('resets')).toBe(CYCLES / 2);
  expect(await kiosk.count('recoveries')).toBe(0);
});
