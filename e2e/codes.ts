import sharp from 'sharp';

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What a code says, as `app/ui-core/src/room/code.rs` writes it: a second writer, so that neither is wrong alone. */
export type Run = { augmentation: boolean; dropout: boolean; seed: number; validation: Score; test?: Score };
type Score = [right: number, n: number];

/** The code of a run of the lesson on the built-in films, fine-tuned and divided by image. */
export const codeOf = ({ augmentation, dropout, seed, validation, test }: Run): string => {
  let bits = '';
  const put = (value: number, count: number) => {
    bits += value.toString(2).padStart(count, '0').slice(-count);
  };
  const number = (value: number) => {
    put(value > 127 ? 1 : 0, 1);
    put(value % 128, 7);
    if (value > 127) number(Math.floor(value / 128));
  };
  const score = ([right, n]: Score) => {
    number(n);
    put(right, n.toString(2).length);
  };
  put(1, 3);
  put(Number(augmentation), 1);
  put(Number(dropout), 1);
  put(1, 1); // the usual settings
  put(0, 2); // by image
  put(0, 1); // the region
  put(0, 2); // the built-in films
  put(1, 2); // fine-tuned
  number(seed);
  score(validation);
  put(test ? 1 : 0, 1);
  if (test) score(test);
  put(0, 1);
  const fives = (bits.match(/.{1,5}/g) ?? []).map((five) => Number.parseInt(five.padEnd(5, '0'), 2));
  while (fives.length % 4 !== 1) fives.push(0);
  let sum = 0x7fff;
  for (const five of fives) {
    for (const place of [4, 3, 2, 1, 0]) {
      const carry = ((sum >> 14) ^ (five >> place)) & 1;
      sum = ((sum << 1) & 0x7fff) ^ (carry ? 0x2d1b : 0);
    }
  }
  fives.push(sum >> 10, (sum >> 5) & 31, sum & 31);
  const letters = fives.map((five) => LETTERS[five]).join('');
  return `FR-${letters.match(/.{4}/g)!.join('-')}`;
};

/** Forty learners, ten an arm, in which augmentation adds ten films of 38 and dropout nothing. */
export const fortyCodes = (): string[] =>
  Array.from({ length: 40 }, (_, n) => {
    const augmentation = n % 4 > 1;
    const right = 20 + (augmentation ? 10 : 0) + [0, 2, 4][Math.floor(n / 4) % 3]!;
    const score: Score = [right, 38];
    return codeOf({ augmentation, dropout: n % 2 === 1, seed: 100 + n, validation: score, test: score });
  });

/** An SVG of a code as a picture, on a grey table. */
export const photographed = (svg: string): Promise<Uint8Array> =>
  sharp(Buffer.from(svg), { density: 1600 })
    .resize(360, 360)
    .extend({ top: 60, bottom: 60, left: 140, right: 140, background: '#888' })
    .png()
    .toBuffer();

/** The same as a video for Chromium's fake camera: two pictures in YUV4MPEG2, 640 by 480. */
export const filmed = async (svg: string): Promise<Uint8Array> => {
  const grey = await sharp(await photographed(svg))
    .removeAlpha()
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = grey.info;
  const colours = Buffer.alloc((width * height) / 2, 128);
  const frame = [Buffer.from('FRAME\n'), grey.data, colours];
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  return Buffer.concat([head, ...frame, ...frame]);
};
