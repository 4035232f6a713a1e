import { gemm } from './gemm.ts';
import { type Matrix, matrix } from './matrix.ts';
import { frobeniusNorm } from './norms.ts';

/**
 * How much an update of a weight does to the features it meets, in units of entries that know nothing of each other.
 *
 *     rms(ΔW x) / (rms(ΔW) · rms(x))        n under full alignment, √n under none
 *
 * Its exponent of the fan-in n, the alignment exponent, is what the calculus of exponents takes to be 1.
 *
 * @param update ΔW: shape [fanOut, fanIn]
 * @param features x, one sample a row: shape [samples, fanIn]
 * @returns a number ≥ 0; 0 where nothing was updated or the features vanish
 * @see Everett et al. 2024; docs/math.md#weights-of-a-coordinate-check
 */
export function updateAlignment(update: Matrix, features: Matrix): number {
  const moved = gemm(matrix(features.rows, update.rows), { a: features, b: update, transposeB: true });
  const entries = rms(update) * rms(features);
  return entries > 0 ? rms(moved) / entries : 0;
}

function rms(m: Matrix): number {
  return frobeniusNorm(m) / Math.sqrt(m.data.length);
}
