import { film } from '../films.ts';
import { NETWORKS } from '../pages/film-panel.ts';
import { expect, test } from '../pages/fixtures.ts';
import { Keyboard } from '../pages/keyboard.ts';
import { begin, say } from '../pages/words.ts';

/** The numbers behind a word, such as `loss 0.31`, in each of these texts. */
const numbersAfter = (word: string, texts: string[]) =>
  texts.map((text) => Number(text.match(new RegExp(`${word}\\s(\\d+\\.\\d+)`))?.[1]));

test('mistakes come first, surest on top, and the other films on request', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  const confusion = await app.test.confusion();
  const wrong = confusion[0]![1]! + confusion[1]![0]!;
  await app.test.show('mistakes');
  const mistakes = page.getByTestId('mistakes').getByTestId('film');
  const others = page.getByTestId('right-answers').getByTestId('film');
  await expect(mistakes).toHaveCount(wrong);
  if (wrong > 0) {
    await expect(others).toHaveCount(0);
    await page.getByTestId('show-others').click();
  } else {
    await expect(page.getByTestId('mistakes-lead')).toHaveText(say('insight.no_mistakes'));
  }
  await expect(others).toHaveCount(38 - wrong);
  await expect(others.first()).not.toContainText('loss');
  await page.getByTestId('show-loss').check();
  await expect(others.first()).toContainText('loss');
  for (const films of [mistakes, others]) {
    const losses = numbersAfter('loss', await films.allTextContents());
    expect(losses).toEqual(losses.toSorted((left, right) => right - left));
  }
  await axeInBothThemes();
});

test('the film panel shows where networks look, and what flips the answer', async ({
  app,
  page,
  axeInBothThemes,
}) => {
  const { panel } = app;
  await app.open();
  await app.trainBriefly();
  await app.go('test');
  await app.test.open();
  const [abdomen] = await app.test.confusion();
  await app.test.cell(0, abdomen![0]! > 0 ? 0 : 1).click();
  const card = app.test.cellFilms.getByTestId('film').first();

  await test.step('a film of the matrix opens with its maps', async () => {
    await card.click();
    await panel.expectWhole();
    await expect(panel.answer).toContainText(say('insight.is', { class: 'Abdomen' }));
    const said = await panel.answer.textContent();
    const share = said!.match(/(\d+)%/)![1];
    await expect(panel.map('trained')).toContainText(new RegExp(`${share}%`));
    for (const network of NETWORKS) {
      await expect(panel.map(network).getByRole('img')).toHaveAttribute('aria-label', /\d+%/);
    }
    // How alike they are stands beside them.
    await expect(panel.dialog.getByTestId('heat-verdict')).toContainText(say('lesson.out.alike_scale'));
    await expect(panel.dialog.getByTestId('heat-alike').filter({ hasText: /\S/ })).toHaveCount(3);
    await axeInBothThemes();
  });

  await test.step('the colours grow weaker on request, and another class can be chosen', async () => {
    await panel.opacity.fill('0.1');
    await expect(panel.map('trained').locator('canvas').last()).toHaveCSS('opacity', '0.1');
    await panel.heatClass.selectOption({ label: 'Chest' });
    await expect(panel.map('trained')).toContainText('Chest', { timeout: 60_000 });
  });

  await test.step('painting by keyboard asks again, and Clear brings the answer back', async () => {
    await expect(panel.erased).toHaveText(new RegExp(`^${begin('insight.erase_none')}`));
    const keyboard = new Keyboard(page);
    await panel.pad.focus();
    await keyboard.press('ArrowLeft');
    await keyboard.press('Space');
    await panel.expectPainted(1);
    await expect(panel.erased).not.toHaveText(new RegExp(`^${begin('insight.erase_none')}`));
    await panel.clear.click();
    await panel.expectPainted(0);
    await expect(panel.erased).toHaveText(new RegExp(`^${begin('insight.erase_none')}`));
  });

  await test.step('a film that is all painted over gets another answer', async () => {
    const before = await panel.bars.allTextContents();
    // Selected text, which a stroke might take for something to drag.
    await panel.dialog.page().keyboard.press('ControlOrMeta+A');
    for (let row = 0; row < 16; row += 1) await panel.paintRow(row);
    await panel.expectPainted(256);
    await expect.poll(() => panel.bars.allTextContents()).not.toEqual(before);
    // What gray leads to was said before anything was painted.
    await expect(panel.dialog.getByTestId('erase-gray')).toBeVisible();
    const other = panel.dialog.getByTestId('erase-other');
    const flips = (await other.count()) === 0;
    await expect(panel.erased).toHaveAttribute('data-flipped', String(flips));
    await axeInBothThemes();
  });

  await test.step('covering place by place can be stopped, and asked for again', async () => {
    await panel.occlusion.getByTestId('inquire').click();
    await expect(panel.occlusion).toBeFocused();
    await panel.occlusion.getByTestId('end-inquiry').click();
    await expect(panel.occlusion.getByTestId('inquiring')).toHaveCount(0);
    await expect(panel.occlusionMap).toHaveCount(0);
    await panel.occlusion.getByTestId('inquire').click();
    await expect(panel.occlusion.getByRole('progressbar')).toBeVisible({ timeout: 60_000 });
    await expect(panel.occlusionMap).toBeVisible({ timeout: 300_000 });
  });

  await test.step('the nearest training films come nearest first', async () => {
    const distances = numbersAfter('distance', await panel.near.allTextContents());
    expect(distances).toEqual(distances.toSorted((left, right) => left - right));
    await expect(panel.rank).toHaveText(/training image/);
  });

  await test.step('Escape leads back to the film', async () => {
    await page.keyboard.press('Escape');
    await expect(panel.dialog).toBeHidden();
    await expect(card).toBeFocused();
  });
});

test('a test film tells nothing before the door is open, a training film does', async ({
  app,
  page,
}) => {
  const { look, panel } = app;
  const examine = look.viewer.getByTestId('examine');
  await app.open('?side=64');
  await look.films.first().click();
  await expect(examine).toHaveCount(0);
  await app.bar.closeDialog();
  await app.trainBriefly();
  await app.go('look');
  await look.count('all', 'test').click();
  await look.films.first().click();
  await expect(look.viewer).toContainText(say('insight.open_locked'));
  await expect(examine).toHaveCount(0);
  await app.bar.closeDialog();
  await look.count('all', 'train').click();
  await look.films.first().click();
  await examine.click();
  await panel.expectWhole();
  await expect(look.viewer).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(look.films.first()).toBeFocused();
});

test('the network says nothing about what is unlike its films, as far as the rule says', async ({
  app,
  page,
  axeInBothThemes,
  file,
}) => {
  const { ask, panel } = app;
  await app.open('?side=64');
  await app.trainBriefly();
  await app.go('try');
  const odd = await ask.odd.count();
  await ask.askAll.click();
  await ask.expectAnswered(odd);
  await ask.chooseFilms(file('chest.jpg', film('chest/a01.jpg')));
  await ask.expectAnswered(odd + 1);
  const silent = () => ask.answers.getByText(say('insight.unlike'), { exact: true }).count();
  const expectSilent = async () =>
    expect(ask.silent).toHaveText(
      say('insight.rule_silent', { silent: await silent(), n: odd + 1 }),
    );
  await expect(ask.rule).toHaveValue('95');
  await expectSilent();
  const atFirst = await silent();
  expect(atFirst, 'odd films that it does not answer').toBeGreaterThan(0);
  await expect(ask.sentence, 'a film like its own').toHaveText(/^Chest, \d+%$/);
  await ask.rule.fill('50');
  await expectSilent();
  expect(await silent()).toBeGreaterThanOrEqual(atFirst);
  await ask.rule.fill('100');
  await expectSilent();
  expect(await silent()).toBeLessThanOrEqual(atFirst);
  await axeInBothThemes();

  await ask.latest.getByTestId('examine').click();
  await panel.expectWhole();
  await expect(panel.dialog).toContainText('chest.jpg');
  await page.keyboard.press('Escape');
  await expect(panel.dialog).toBeHidden();
});
