// Compares what the format reader makes of files that libvips wrote (TIFF by libtiff, WebP by libwebp) with what libvips says
// they hold. Takes the program's file, and where it was compiled with a build id, that:
// `node model/picture-formats/witnesses/sharp.mjs dist/format-reader_bg.wasm [BUILD]`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const sharp = createRequire(new URL('../../../e2e/package.json', import.meta.url))('sharp');
const program = await WebAssembly.compile(readFileSync(process.argv[2]));
const WIDTH = 301;
const HEIGHT = 217;

/** As `side-program` writes it, with the build id of the engine: `Wanted::Picture`. */
const build = Buffer.from(process.argv[3] ?? '');
const question = Uint8Array.of(build.length, ...build, 2);

/** The samples as they are stored, see `public/engine-start.js`. */
const read = (file) => {
  const own = new WebAssembly.Instance(program).exports;
  own.reserve(question.length, file.length);
  new Uint8Array(own.memory.buffer, own.question(), question.length).set(question);
  new Uint8Array(own.memory.buffer, own.bytes(), file.length).set(file);
  own.answer();
  return Buffer.from(new Uint8Array(own.memory.buffer, own.body(), own.body_length()));
};

/** Soft and rough places. */
const picture = (channels) => {
  const sample = (at) => (at / 7 + (at % 3) * 40 + ((at * at) % 31)) & 255;
  const samples = Buffer.from(Array.from({ length: WIDTH * HEIGHT * channels }, (_, at) => sample(at)));
  const raw = sharp(samples, { raw: { width: WIDTH, height: HEIGHT, channels } });
  return channels === 1 ? raw.toColourspace('b-w') : raw;
};

const kept = ['b-w', 'grey16', 'rgb16'];
const counts = { TIFF: 0, WebP: 0, apart: 0 };

/** `inverted`: 0 is white in the file, and still is in the samples. */
const compare = async (format, name, written, inverted = false) => {
  const file = await written.toBuffer();
  const { space, depth } = await sharp(file).metadata();
  let image = sharp(file);
  if (kept.includes(space)) image = image.toColourspace(space);
  if (space === 'cmyk') image = image.pipelineColourspace('cmyk').toColourspace('cmyk');
  const wanted = await image.raw(depth === 'ushort' ? { depth } : {}).toBuffer();
  const own = read(file);
  const same = own.length === wanted.length && own.every((byte, at) => byte === (inverted ? 255 - wanted[at] : wanted[at]));
  counts[format] += 1;
  if (same) return;
  counts.apart += 1;
  console.log(`${format}, ${name}: not the same`);
};

const packings = ['none', 'lzw', 'deflate', 'packbits'];
for (const channels of [1, 3, 4]) {
  for (const compression of packings) {
    for (const predictor of ['none', 'horizontal']) {
      for (const tile of [false, true]) {
        const options = { compression, predictor, tile, tileWidth: 64, tileHeight: 48 };
        await compare('TIFF', `${channels} ${JSON.stringify(options)}`, picture(channels).tiff(options));
      }
    }
  }
}
for (const [space, channels] of [['grey16', 1], ['rgb16', 3]]) {
  for (const compression of ['none', 'lzw', 'deflate']) {
    for (const predictor of ['none', 'horizontal']) {
      const deep = picture(channels).toColourspace(space);
      await compare('TIFF', `${space} ${compression} ${predictor}`, deep.tiff({ compression, predictor }));
    }
  }
}
for (const bitdepth of [1, 2, 4]) {
  await compare('TIFF', `${bitdepth} bits`, picture(1).tiff({ compression: 'none', bitdepth }));
}
await compare('TIFF', 'white is zero', picture(1).tiff({ compression: 'none', bitdepth: 1, miniswhite: true }), true);
await compare('TIFF', 'BigTIFF', picture(3).tiff({ compression: 'lzw', bigtiff: true }));
await compare('TIFF', 'inks', picture(3).toColourspace('cmyk').tiff({ compression: 'lzw' }));

for (const quality of [20, 50, 80, 95, 100]) {
  for (const channels of [3, 4]) {
    for (const smartSubsample of [false, true]) {
      await compare('WebP', `${quality} ${channels}`, picture(channels).webp({ quality, smartSubsample, alphaQuality: 80 }));
    }
  }
}
for (const nearLossless of [false, true]) {
  for (const channels of [1, 3, 4]) {
    await compare('WebP', `lossless ${channels}`, picture(channels).webp({ lossless: true, nearLossless, quality: 60 }));
  }
}
for (const effort of [0, 6]) {
  const flat = sharp({ create: { width: 100, height: 50, channels: 3, background: '#336699' } });
  await compare('WebP', `flat ${effort}`, flat.webp({ lossless: true, effort }));
}
console.log(counts);
process.exitCode = counts.apart > 0 ? 1 : 0;
