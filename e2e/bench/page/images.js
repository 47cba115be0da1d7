/** Pixels on each side. */
export const SIDE = 224;

/** Grey values from 0 to 1: a bright disc, stripes and a little noise, as much like a film as the arithmetic minds. */
const image = (place) => {
  const wave = 5 + place;
  let noise = 1 + place;
  return Float32Array.from({ length: SIDE * SIDE }, (_, pixel) => {
    const [x, y] = [(pixel % SIDE) / SIDE - 0.5, Math.floor(pixel / SIDE) / SIDE - 0.5];
    noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0;
    const disc = Math.exp(-8 * (x * x + y * y));
    const stripes = 0.15 * Math.sin(wave * Math.PI * (x + 2 * y));
    return Math.min(1, Math.max(0, 0.1 + 0.7 * disc + stripes + (0.1 * noise) / 2 ** 32));
  });
};

/** This many different ones. A hundred would only fill the memory. */
export const images = (different) => Array.from({ length: different }, (_, place) => image(place));
