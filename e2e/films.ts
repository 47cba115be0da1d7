import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzipSync, Zip, type ZipInputFile, zipSync } from 'fflate';
import sharp from 'sharp';

/** Files by path, `/` between folders. */
export type Files = Record<string, Uint8Array>;

export const builtInPack = new URL('../public/films/built-in.zip', import.meta.url);

const builtIn = unzipSync(readFileSync(builtInPack));

/** The first films of a class of the built-in pack, real JPEG files, by file name. */
export const filmsOf = (className: 'abdomen' | 'chest', n: number): Files => {
  const paths = Object.keys(builtIn).filter((path) => path.startsWith(`${className}/`));
  const names = paths.map((path) => path.slice(className.length + 1)).toSorted();
  return Object.fromEntries(names.slice(0, n).map((name) => [name, film(`${className}/${name}`)]));
};

/** A film of the built-in pack, by its path there. */
export const film = (path: string): Uint8Array => {
  const bytes = builtIn[path];
  if (!bytes) throw new Error(`there is no ${path} in the built-in pack`);
  return bytes;
};

/** The same files, in a folder. */
export const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [`${folder}/${path}`, bytes]));

/** `n` films of each of the classes of the built-in pack, in class folders. */
export const twoClasses = (n: number): Files => ({
  ...inFolder('abdomen', filmsOf('abdomen', n)),
  ...inFolder('chest', filmsOf('chest', n)),
});

export const zipped = (files: Files): Uint8Array => zipSync(files, { level: 1 });

/** A small zip that unpacks to 300 MB of zeros, more than the 256 MB allowed for its size. */
export const zipBomb = (): Uint8Array => {
  const zeros = Buffer.alloc(15 * 2 ** 20);
  const packed = deflateRawSync(zeros);
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  for (let n = 0; n < 20; n += 1) {
    const entry: ZipInputFile = {
      filename: `chest/${n}.png`,
      size: zeros.length,
      crc: crc32(zeros),
      compression: 8, // deflated
    };
    zip.add(entry);
    entry.ondata?.(null, packed, true);
  }
  zip.end();
  return Buffer.concat(pieces);
};

/** Grey noise of 64 by 64 pixels, another for each name: a film that shows nothing. */
const noise = (name: string) => {
  const bytes = Array.from({ length: 128 }, (_, n) => createHash('sha256').update(`${name} ${n}`).digest());
  return sharp(Buffer.concat(bytes), { raw: { width: 64, height: 64, channels: 1 } });
};

export const png16 = (name: string): Promise<Uint8Array> =>
  noise(name).toColourspace('grey16').png().toBuffer();

export const palettePng = (name: string): Promise<Uint8Array> =>
  noise(name).toColourspace('srgb').png({ palette: true, colours: 16 }).toBuffer();

export const cmykJpeg = (name: string): Promise<Uint8Array> =>
  noise(name).toColourspace('cmyk').jpeg().toBuffer();

/** Noise as a JPEG file of another size. */
export const sizedJpeg = (name: string, width: number, height: number): Promise<Uint8Array> =>
  noise(name).resize(width, height, { fit: 'fill' }).jpeg({ quality: 90 }).toBuffer();

export const blackPng = (width: number, height: number): Promise<Uint8Array> =>
  sharp({ create: { width, height, channels: 3, background: 'black' } }).png().toBuffer();

export const text = (words: string): Uint8Array => Buffer.from(words);

export const truncated = (bytes: Uint8Array): Uint8Array => bytes.slice(0, bytes.length / 2);
