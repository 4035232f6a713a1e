import type { Matrix } from './matrix.ts';

/** ‖A‖_F, the root of the sum of squares of all entries. */
export function frobeniusNorm(a: Matrix): number {
  let sum = 0;
  const { data } = a;
  for (let at = 0; at < data.length; at++) sum += data[at] * data[at];
  return Math.sqrt(sum);
}

/** ‖A − B‖_F for matrices of one shape. */
export function frobeniusDistance(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new RangeError(
      `frobeniusDistance: expected equal shapes, got [${a.rows}, ${a.cols}] and [${b.rows}, ${b.cols}]`,
    );
  }
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) {
    const difference = a.data[i] - b.data[i];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The largest |entry|, 0 for an empty array, NaN if any entry is NaN. */
export function maxAbs(values: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at]);
    if (!(size <= largest)) largest = size;
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}
