/** Lower quartile, median and upper quartile. @param {number[]} times */
export const quartiles = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  return [1, 2, 3].map((quarter) => sorted[Math.floor((quarter * (sorted.length - 1)) / 4)] ?? NaN);
};
