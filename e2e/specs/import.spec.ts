import { readFileSync } from 'node:fs';
import { filmsOf, inFolder } from '../films.ts';
import type { App } from '../pages/app.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Import } from '../pages/import.ts';
import { NetworkFile, shares } from '../pages/network-file.ts';
import { Tab } from '../pages/tab.ts';
import { RUN } from '../pages/train.ts';
import { say } from '../pages/words.ts';

const LINK = '?device=cpu&side=64';
const ASKED = Object.values(filmsOf('abdomen', 1))[0]!;

/** A message of protocol buffers: fields of text, of numbers, and of messages. */
const message = (...fields: [number, string | number | Buffer][]): Buffer => {
  const varint = (value: number): Buffer =>
    value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value % 128) + 128]), varint(Math.floor(value / 128))]);
  return Buffer.concat(
    fields.flatMap(([number, value]) => {
      if (typeof value === 'number') return [varint(number * 8), varint(value)];
      const bytes = Buffer.from(value);
      return [varint(number * 8 + 2), varint(bytes.length), bytes];
    }),
  );
};

/** A whole ONNX file of another program: one node, and no entry of ours. */
const foreign = () => {
  const node = message([1, 'x'], [2, 'y'], [3, 'node'], [4, 'Identity']);
  return message([1, 8], [2, 'another program'], [7, message([1, node], [2, 'graph'])], [8, message([2, 13])]);
};

/** What the network says of an image, after `before` answers. */
const answer = async (app: App, path: string, before: number) => {
  await app.go('try');
  await app.ask.chooseFilms(path);
  await app.ask.expectAnswered(before + 1);
  return shares(app.ask.latest);
};

test('a network comes back from its file, says and scores the same, and is trained further', async ({ app, page, file, axeInBothThemes }, testInfo) => {
  const own = new Import(page);
  await app.open(LINK);
  await app.trainBriefly();
  const path = file('asked.jpg', ASKED);
  const said = await answer(app, path, 0);
  const saved = new NetworkFile(page, app.ask.section);
  const at = (name: string) => testInfo.outputPath(name);
  const files = [await saved.saved('onnx', at), await saved.saved('safetensors', at)];
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();

  for (const [place, saved] of files.entries()) {
    await new Tab(page).openAnew();
    await app.expectFilms(192);
    await expect(own.here).toHaveCount(0);
    if (place === 0) {
      await app.drop(saved);
    } else {
      await app.go('train');
      await own.give(saved);
    }
    await app.expectAt('train');
    await expect(own.here).toBeVisible({ timeout: 60_000 });
    await expect(own.here).toContainText(say(`import.here`, { name: saved.split('/').at(-1)! }));
    await expect(own.origin).toHaveText(say('import.same'));
    await expect(app.train.progress).toHaveText(say('import.standing'));
    await expect(app.train.setting('side')).toHaveValue('64');
    await own.card.getByText(say('import.card')).click();
    await expect(own.card).toContainText(say('network_file.card.forced'));
    await axeInBothThemes();
    expect(await answer(app, path, 0)).toEqual(said);
    await expect(own.unknown).toHaveCount(0);
    await app.go('test');
    await app.test.open();
    expect(await app.test.confusion()).toEqual(confusion);
  }

  await app.go('train');
  await app.train.set('epochs', 2);
  await own.goOn.click();
  await app.train.expectTrained();
  await expect(app.train.epochs).toHaveCount(2);
  await expect(own.here).toContainText(say('import.went_on'));
  expect(await answer(app, path, 1)).not.toEqual(said);
  // The network as it was in the file is not lost with that.
  await app.go('test');
  await page.getByTestId('earlier-runs').locator('summary').click();
  await page.getByTestId('runs-go-back').click();
  expect(await answer(app, path, 2)).toEqual(said);
  // Nor with the page.
  await page.reload();
  await app.expectFilms(192);
  await app.go('train');
  await expect(own.origin).toHaveText(say('import.same'), RUN);
  expect(await answer(app, path, 3)).toEqual(said);
});

test('on other images it is said what is not known, and images of other classes are asked for', async ({ app, page, folder, axe }, testInfo) => {
  const own = new Import(page);
  await app.open(LINK);
  await app.look.chooseFolder(folder('Ankles and knees', {
    ...inFolder('ankle', filmsOf('abdomen', 12)),
    ...inFolder('knee', filmsOf('chest', 12)),
  }));
  await app.expectFilms(24);
  await app.trainBriefly();
  await app.go('try');
  const saved = await new NetworkFile(page, app.ask.section).saved('onnx', (name) => testInfo.outputPath(name));

  await new Tab(page).openAnew();
  await app.expectFilms(192);
  await app.drop(saved);
  await expect(own.needsFilms).toContainText('ankle');
  await expect(own.needsFilms).toContainText('knee');
  await axe();
  await app.go('look');
  await app.look.chooseFolder(folder('Other ankles and knees', {
    ...inFolder('knee', filmsOf('abdomen', 10)),
    ...inFolder('ankle', filmsOf('chest', 10)),
  }));
  await expect(own.here).toBeVisible({ timeout: 60_000 });
  await expect(own.origin).toHaveText(say('import.unknown'));
  await app.go('test');
  await expect(own.unknown).toHaveText(say('import.unknown'));
  await app.test.open();
  await app.go('try');
  await expect(own.unknown).toBeVisible();
  await axe();
});

test('what is no network of this program is refused, and the network that is there stays', async ({ app, page, file, axeInBothThemes }, testInfo) => {
  const own = new Import(page);
  await app.open(LINK);
  await app.trainBriefly();
  const path = file('asked.jpg', ASKED);
  const said = await answer(app, path, 0);
  const saved = readFileSync(
    await new NetworkFile(page, app.ask.section).saved('safetensors', (name) => testInfo.outputPath(name)),
  );
  await app.drop(file('theirs.onnx', foreign()));
  await expect(own.refused).toContainText(say('import.foreign', { name: 'theirs.onnx' }));
  await expect(own.refused).toContainText(say('import.stays'));
  await axeInBothThemes();
  await own.give(file('half.safetensors', saved.subarray(0, saved.length / 2)));
  await expect(own.refused).toContainText('half.safetensors');
  const later = Buffer.from(saved.toString('latin1').replace(String.raw`\"form\":1`, String.raw`\"form\":9`), 'latin1');
  await own.give(file('later.safetensors', later));
  await expect(own.refused).toContainText(say('import.later', { name: 'later.safetensors' }));
  expect(await answer(app, path, 1)).toEqual(said);
  await app.go('train');
  // Long enough for all that happens meanwhile, on a fast computer too.
  await app.train.set('epochs', 100);
  await app.train.again.click();
  await app.train.expectUnderWay();
  await app.drop(file('mine.safetensors', saved));
  await expect(own.refused).toContainText(say('import.busy'));
  await app.train.stop.click();
  await app.train.expectTrained();
  await own.give(file('mine.safetensors', saved));
  await expect(own.here).toBeVisible({ timeout: 60_000 });
  await expect(own.here).toContainText(say('import.earlier'));
});
