import sharp from 'sharp';
import { radiograph } from '../dicom.ts';

export const CLASSES = ['upper', 'lower'] as const;

type Size = { width: number; height: number };

/** Patches along a side. */
const PATCHES = 8;

/** Numbers from 0 to 1, others for each `seed`. */
const generator = (seed: number) => {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** 12 bits: a dark image with a bright half, the noise of a detector, and patches by which no two are taken for the same. */
const greyValues = ({ width, height }: Size, bright: (typeof CLASSES)[number], number: number): Uint16Array => {
  const grey = new Uint16Array(width * height);
  const random = generator(number);
  const patches = Array.from({ length: PATCHES * PATCHES }, () => Math.floor(600 * random()));
  for (let y = 0; y < height; y += 1) {
    const base = (y < height / 2) === (bright === 'upper') ? 2_600 : 700;
    const row = PATCHES * Math.floor((PATCHES * y) / height);
    for (let x = 0; x < width; x += 1) {
      grey[y * width + x] = base + patches[row + Math.floor((PATCHES * x) / width)]! + Math.floor(64 * random());
    }
  }
  return grey;
};

/** How an image is written: each a file of its own patient. */
const WRITERS = {
  dicom: (size: Size, grey: Uint16Array, number: number) =>
    radiograph({ ...size, patient: `P-${number}`, grey: (x, y) => grey[y * size.width + x]! }),
  // To all 16 bits, as most programs export them.
  png: ({ width, height }: Size, grey: Uint16Array) =>
    sharp(grey.map((value) => value << 4), { raw: { width, height, channels: 1 } })
      .toColourspace('grey16')
      .png({ compressionLevel: 1 })
      .toBuffer(),
  jpeg: ({ width, height }: Size, grey: Uint16Array) =>
    sharp(Uint8Array.from(grey, (value) => value >> 4), { raw: { width, height, channels: 1 } })
      .jpeg({ quality: 90 })
      .toBuffer(),
};

export type Kind = keyof typeof WRITERS;

const ENDINGS: Record<Kind, string> = { dicom: 'dcm', png: 'png', jpeg: 'jpg' };

/** The image with this number, and its path below its class. */
export const ownImage = async (kind: Kind, size: Size, number: number) => {
  const bright = CLASSES[number % CLASSES.length]!;
  const bytes = await WRITERS[kind](size, greyValues(size, bright, number), number);
  return { path: `${bright}/${number}.${ENDINGS[kind]}`, bytes };
};
