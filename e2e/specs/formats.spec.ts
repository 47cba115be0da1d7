import { bmp, radiographLike } from '../other-formats.ts';
import { text, truncated } from '../films.ts';
import { expect, test } from '../pages/fixtures.ts';
import { say } from '../pages/words.ts';

const PROGRAM = 'format-reader_bg.wasm';
/** Of each picture, pixels. */
const SIZE = { width: 90, height: 70 };

test('TIFF, WebP and BMP files are loaded, shown with their size and asked about; other formats are named', async ({
  app,
  page,
  folder,
  file,
  axeInBothThemes,
}) => {
  const fetched: string[] = [];
  page.context().on('request', (request) => fetched.push(request.url()));
  await app.open('?side=64');
  expect(fetched.filter((url) => url.endsWith(PROGRAM))).toEqual([]);
  const picture = (side: 'left' | 'right', n: number) => radiographLike({ ...SIZE, side, n });
  const ofSide = async (side: 'left' | 'right') => ({
    [`${side}/1.tif`]: await picture(side, 1).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer(),
    [`${side}/2.tiff`]: await picture(side, 2).toColourspace('grey16').tiff({ compression: 'deflate' }).toBuffer(),
    [`${side}/3.webp`]: await picture(side, 3).webp({ quality: 90 }).toBuffer(),
    [`${side}/4.webp`]: await picture(side, 4).webp({ lossless: true }).toBuffer(),
    [`${side}/5.bmp`]: bmp(SIZE, await picture(side, 5).raw().toBuffer()),
    [`${side}/6.bmp`]: bmp(SIZE, await picture(side, 6).raw().toBuffer()),
  });
  await app.drop(
    folder('my films', {
      ...(await ofSide('left')),
      ...(await ofSide('right')),
      'left/cut.tif': truncated(await picture('left', 7).tiff({ compression: 'none' }).toBuffer()),
      'left/within.tif': await picture('left', 8).tiff({ compression: 'jpeg' }).toBuffer(),
      'left/phone.heic': text('\0\0\0\x18ftypheic\0\0\0\0'),
      'right/phone.avif': text('\0\0\0\x1cftypavif\0\0\0\0'),
    }),
  );
  await app.look.expectLoaded(12);
  expect(fetched.filter((url) => url.endsWith(PROGRAM))).toHaveLength(1);
  const jpegWithin = say('file_error.tiff_compression', { name: 'JPEG' });
  const reasons = {
    'left/cut.tif': say('file_error.damaged', { format: 'TIFF' }),
    'left/within.tif': say('file_error.picture', { kind: jpegWithin }),
    'left/phone.heic': say('file_error.unsupported', { format: 'HEIC' }),
    'right/phone.avif': say('file_error.unsupported', { format: 'AVIF' }),
  };
  const listed = Object.entries(reasons).map(([path, reason]) => say('look.problem', { path, reason }));
  expect((await app.look.leftOut()).toSorted()).toEqual(listed.toSorted());
  await axeInBothThemes();
  for (const at of [0, 3, 5]) {
    await app.look.films.nth(at).click();
    await expect(app.look.viewer).toContainText(say('viewer.size', SIZE));
    await page.keyboard.press('Escape');
  }

  await app.trainBriefly();
  await app.go('try');
  await app.drop(file('asked.webp', await picture('right', 9).webp().toBuffer()));
  await app.ask.expectAnswered(1);
});
