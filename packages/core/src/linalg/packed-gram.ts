import { type Matrix, matrix } from './matrix.ts';

/** A symmetric matrix as its lower triangle, row by row: entry (i, j ≤ i) at i(i + 1)/2 + j. */
export type PackedGram = readonly number[];

/** The lower triangle of a symmetric matrix, row by row: P(P + 1)/2 numbers. */
export function packedGram(gram: Matrix): PackedGram {
  const packed: number[] = [];
  for (let i = 0; i < gram.rows; i++) for (let j = 0; j <= i; j++) packed.push(gram.data[i * gram.cols + j]);
  return packed;
}

/** @throws RangeError for a number of entries that no triangle has */
export function unpackedGram(packed: PackedGram | Float64Array): Matrix {
  const rows = Math.round((Math.sqrt(8 * packed.length + 1) - 1) / 2);
  if ((rows * (rows + 1)) / 2 !== packed.length)
    throw new RangeError(`unpackedGram: expected a triangle, got ${packed.length} entries`);
  const gram = matrix(rows, rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++, at++) gram.data[i * rows + j] = gram.data[j * rows + i] = packed[at];
  }
  return gram;
}
