import sharp, { type Sharp } from 'sharp';

type Size = { width: number; height: number };

/** A grey picture that is bright on one side, another for each number. */
export const radiographLike = ({ width, height, side, n }: Size & { side: 'left' | 'right'; n: number }): Sharp => {
  const grey = (at: number) => {
    const x = at % width;
    const bright = side === 'left' ? x < width / 2 : x >= width / 2;
    return (bright ? 150 : 30) + ((x * (n + 2) + Math.floor(at / width) * (2 * n + 1)) % 64);
  };
  const pixels = Buffer.from(Array.from({ length: width * height }, (_, at) => grey(at)));
  return sharp(pixels, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
};

/** A BMP of 8 bits with a grey palette; libvips writes none. `pixels`: a byte each, from the top. */
export const bmp = ({ width, height }: Size, pixels: Uint8Array): Uint8Array => {
  const step = Math.ceil(width / 4) * 4;
  const start = 14 + 40 + 4 * 256;
  const file = Buffer.alloc(start + step * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(start, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(8, 28);
  for (let grey = 0; grey < 256; grey += 1) file.fill(grey, 54 + 4 * grey, 57 + 4 * grey);
  for (let y = 0; y < height; y += 1) {
    file.set(pixels.subarray(y * width, (y + 1) * width), start + (height - 1 - y) * step);
  }
  return file;
};
