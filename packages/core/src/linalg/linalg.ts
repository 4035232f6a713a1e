import { eigvalsh } from './eigvalsh.ts';
import { sampleGram } from './gram.ts';
import type { Matrix } from './matrix.ts';
import { singularValues } from './singular-values.ts';

/** What measured features are taken apart with, in float64 whatever trained them. */
export interface Linalg {
  /** XᵀX/n with a sample in every row of `features`: [samples, samples]. */
  sampleGram(features: Matrix): Matrix;
  /** Of a symmetric matrix, descending; only the lower triangle is read. */
  eigvalsh(symmetric: Matrix): Float64Array;
  /** Descending. */
  singularValues(m: Matrix): Float64Array;
}

/** In TypeScript. */
export const PLAIN_LINALG: Linalg = {
  sampleGram: (features) => sampleGram(features),
  eigvalsh,
  singularValues,
};
