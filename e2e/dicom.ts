import type { Files } from './films.ts';

/** A small writer of DICOM files, Explicit VR Little Endian (PS3.5, 7.1.2; PS3.10, 7.1). */
const element = (group: number, number: number, kind: string, value: string | number | Buffer): Buffer => {
  const bytes = Buffer.isBuffer(value) ? value : typeof value === 'string' ? Buffer.from(value, 'latin1') : word(value);
  const filler = Buffer.from(bytes.length % 2 === 0 ? '' : kind === 'UI' ? '\0' : ' ', 'latin1');
  const length = bytes.length + filler.length;
  const long = ['OB', 'OW', 'SQ'].includes(kind);
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(kind, 4, 'latin1');
  if (long) head.writeUInt32LE(length, 8);
  else head.writeUInt16LE(length, 6);
  return Buffer.concat([head, bytes, filler]);
};

const word = (value: number) => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const file = (sopClass: string, elements: Buffer[]): Uint8Array => {
  const syntax = [element(2, 2, 'UI', sopClass), element(2, 0x10, 'UI', '1.2.840.10008.1.2.1')];
  const header = Buffer.concat(syntax);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(2, 0, 'UL', length), header, ...elements]);
};

const COMPUTED_RADIOGRAPHY = '1.2.840.10008.5.1.4.1.1.1';
const REPORT = '1.2.840.10008.5.1.4.1.1.88.11';
const DIRECTORY = '1.2.840.10008.1.3.10';

export type Picture = {
  width?: number;
  height?: number;
  frames?: number;
  patient?: string;
  /** White is stored as 0: MONOCHROME1. */
  inverted?: boolean;
  /** 0 black to 4095 white, as it is to be seen. */
  grey: (x: number, y: number, frame: number) => number;
};

/** A radiograph of 12 bits with two windows, the first of them the whole range. */
export const radiograph = ({ width = 64, height = 64, frames = 1, patient = 'P-1', inverted = false, grey }: Picture) => {
  const pixels = Buffer.alloc(2 * width * height * frames);
  for (let at = 0; at < width * height * frames; at += 1) {
    const within = at % (width * height);
    const seen = grey(within % width, Math.floor(within / width), Math.floor(at / (width * height)));
    pixels.writeUInt16LE(inverted ? 4095 - seen : seen, 2 * at);
  }
  return file(COMPUTED_RADIOGRAPHY, [
    element(8, 0x16, 'UI', COMPUTED_RADIOGRAPHY),
    element(8, 0x60, 'CS', 'CR'),
    element(0x10, 0x10, 'PN', `Doe^${patient}`),
    element(0x10, 0x20, 'LO', patient),
    element(0x18, 0x15, 'CS', 'CHEST'),
    element(0x18, 0x5101, 'CS', 'PA'),
    element(0x20, 0x62, 'CS', 'L'),
    element(0x28, 2, 'US', 1),
    element(0x28, 4, 'CS', inverted ? 'MONOCHROME1' : 'MONOCHROME2'),
    ...(frames > 1 ? [element(0x28, 8, 'IS', String(frames))] : []),
    element(0x28, 0x10, 'US', height),
    element(0x28, 0x11, 'US', width),
    element(0x28, 0x100, 'US', 16),
    element(0x28, 0x101, 'US', 12),
    element(0x28, 0x102, 'US', 11),
    element(0x28, 0x103, 'US', 0),
    element(0x28, 0x1050, 'DS', '2048\\1000'),
    element(0x28, 0x1051, 'DS', '4096\\500'),
    element(0x28, 0x1055, 'LO', 'WIDE\\DARK PARTS'),
    element(0x7fe0, 0x10, 'OW', pixels),
  ]);
};

/** A report, which has no pixels. */
export const report = () => file(REPORT, [element(8, 0x16, 'UI', REPORT), element(8, 0x60, 'CS', 'SR')]);

/** The index of a disc. */
export const directory = () => file(DIRECTORY, [element(4, 0x1130, 'CS', 'DISC')]);

/** Bright above in one class, below in the other; no two alike. */
export const halves = (of: 'upper' | 'lower', number: number) => (x: number, y: number) => {
  const bright = y < 32 === (of === 'upper');
  return (bright ? 3000 : 500) + ((x * (number + 3) + y * 7) % 61) * 12;
};

/** Films of two classes, as a hospital's disc names them: two films of each class a patient, every other one inverted. */
export const twoClasses = (patients: number): Files => {
  const films: Files = {};
  for (const name of ['upper', 'lower'] as const) {
    for (let number = 0; number < 2 * patients; number += 1) {
      films[`${name}/DICOM/IM${number}`] = radiograph({
        patient: `P-${Math.floor(number / 2)}`,
        inverted: number % 2 === 1,
        grey: halves(name, number),
      });
    }
  }
  return films;
};
