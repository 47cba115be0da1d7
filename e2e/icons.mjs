// Draws the icons in public/icons from public/icon.svg: `node icons.mjs`, after the picture was changed.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const GROUND = '#0e1116';
// A maskable icon may be cut to a circle of four fifths of its side.
const SAFE = 0.8;

const folder = new URL('../public/', import.meta.url);
const picture = fileURLToPath(new URL('icon.svg', folder));
const icons = fileURLToPath(new URL('icons/', folder));
mkdirSync(icons, { recursive: true });

const drawn = (/** @type {number} */ side) => sharp(picture, { density: (72 * side) / 64 }).resize(side, side);
const write = (/** @type {import('sharp').Sharp} */ image, /** @type {string} */ name) =>
  image.png({ palette: true, compressionLevel: 9 }).toFile(`${icons}${name}.png`);

for (const side of [192, 512]) await write(drawn(side), String(side));
// Without corners of its own: the system rounds them.
await write(drawn(180).flatten({ background: GROUND }), '180');
const inner = Math.round(512 * SAFE);
const edge = (512 - inner) / 2;
await write(
  drawn(inner).flatten({ background: GROUND }).extend({
    top: Math.ceil(edge),
    bottom: Math.floor(edge),
    left: Math.ceil(edge),
    right: Math.floor(edge),
    background: GROUND,
  }),
  'maskable-512',
);
