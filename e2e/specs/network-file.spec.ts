import { readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { filmsOf } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { NetworkFile, shares, sharesOfPage } from '../pages/network-file.ts';
import { say, speak } from '../pages/words.ts';

/** Of a probability: the engine's workers may round products otherwise than the page's program. */
const MOST = 1e-4;

/** The card of a safetensors file. @param path its path */
const aboutOf = (path: string) => {
  const bytes = readFileSync(path);
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString());
  return JSON.parse(header.__metadata__.firstread);
};

for (const [name, settings] of [
  ['fine-tuned', { tuned: true, address: '?device=cpu&side=64' }],
  ['from scratch', { tuned: false, address: '?device=cpu&side=64&network=scratch' }],
] as const) {
  test(`a network that was ${name} is taken along, and says the same by itself`, async ({ app, page, browser, file, axeInBothThemes }, testInfo) => {
    await app.open(settings.address);
    await app.go('train');
    await app.train.set('epochs', 1);
    if (settings.tuned) await app.train.set('tuning-epochs', 1);
    await app.train.start();
    await app.train.expectTrained();
    await app.go('try');
    const films = [...Object.values(filmsOf('chest', 2)), ...Object.values(filmsOf('abdomen', 1))];
    const paths = films.map((bytes, at) => file(`asked-${at}.jpg`, bytes));
    const said = [];
    for (const [place, path] of paths.entries()) {
      await app.ask.chooseFilms(path);
      await app.ask.expectAnswered(place + 1);
      said.push(await shares(app.ask.latest));
    }
    const own = new NetworkFile(page, app.ask.section);
    const at = (name: string) => testInfo.outputPath(name);
    const onnx = await own.saved('onnx', at);
    expect(readFileSync(onnx).includes('Firstread')).toBe(true);
    expect(statSync(onnx).size).toBeLessThan(10_000_000);
    const about = aboutOf(await own.saved('safetensors', at));
    expect(about.classes).toEqual(['abdomen', 'chest']);
    expect(about.settings.film_side).toBe(64);
    expect(about.card.intended_use).toBe(say('network_file.card.purpose'));
    expect(about.card.limits).toContain(say('network_file.card.untested'));
    const counted = about.card.images.sets.map(({ images }: { images: number }) => images);
    expect(counted.reduce((sum: number, n: number) => sum + n)).toBe(192);
    const html = await own.saved('page', at);
    await axeInBothThemes();

    // A browser of its own: in that of the other tests nothing but the site may be opened.
    const alone = await browser.newPage();
    const requests: string[] = [];
    alone.on('request', (request) => requests.push(request.url()));
    await alone.goto(pathToFileURL(html).href);
    await expect(alone.getByText(say('network_file.card.purpose')).first()).toBeVisible();
    await expect(alone.locator('#files')).toBeEnabled({ timeout: 30_000 });
    await alone.locator('#files').setInputFiles([...paths, file('notes.txt', Buffer.from('no image'))]);
    await expect(alone.locator('article')).toHaveCount(paths.length + 1, { timeout: 60_000 });
    const answers = (await sharesOfPage(alone)).reverse();
    expect(answers[paths.length]).toEqual({});
    await expect(alone.locator('article').first()).toContainText(say('network_file.own.unread'));
    for (const [place, expected] of said.entries()) {
      for (const [name, share] of Object.entries(expected)) {
        expect(Math.abs((answers[place]?.[name] ?? NaN) - share), `${name} of ${paths[place]}`).toBeLessThan(MOST);
      }
    }
    expect(requests).toHaveLength(1);
  });
}

test('the page that is taken along speaks the language of who took it', async ({ app, page, browser }, testInfo) => {
  speak('es');
  await app.open('?device=cpu&side=64&lang=es');
  await app.trainBriefly();
  await app.takeAway.open();
  const own = new NetworkFile(page, app.takeAway.section);
  const html = await own.saved('page', (name) => testInfo.outputPath(name));
  // A browser of its own: in that of the other tests nothing but the site may be opened.
  const alone = await browser.newPage();
  await alone.goto(pathToFileURL(html).href);
  await expect(alone.locator('html')).toHaveAttribute('lang', 'es');
  await expect(alone.locator('.warning')).toHaveText(say('network_file.card.purpose'));
  await expect(alone.locator('#card')).toContainText(say('network_file.own.limits'));
});
