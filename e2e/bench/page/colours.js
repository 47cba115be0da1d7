// What every library but ours is given: the grey image as three planes, each normalised as the backbone's photographs were.
// Done before the clock starts.

import { DEVIATION, MEAN } from '../network/mobilenet.mjs';

const normalise = (grey, channel) => (grey - MEAN[channel]) / DEVIATION[channel];

/** Red, green and blue of each pixel together, `[N, 224, 224, 3]`. */
export const channelsLast = (images) => {
  const pixels = images[0].length;
  return Float32Array.from({ length: images.length * pixels * 3 }, (_, place) => {
    const pixel = Math.floor(place / 3);
    return normalise(images[Math.floor(pixel / pixels)][pixel % pixels], place % 3);
  });
};

/** One plane after the other, `[N, 3, 224, 224]`. */
export const channelsFirst = (images) => {
  const pixels = images[0].length;
  return Float32Array.from({ length: images.length * pixels * 3 }, (_, place) => {
    const plane = Math.floor(place / pixels);
    return normalise(images[Math.floor(plane / 3)][place % pixels], plane % 3);
  });
};

/** The images in batches, each in this form. */
export const batches = (images, batch, form) =>
  Array.from({ length: Math.ceil(images.length / batch) }, (_, place) => {
    const first = place * batch;
    return form(Array.from({ length: batch }, (_, number) => images[(first + number) % images.length]));
  });
