import { gemm } from './gemm.ts';
import { type Matrix, matrix } from './matrix.ts';

/**
 * Sample Gram of a layer's features, G = XᵀX/n with a sample in every column of X.
 *
 * @param features one sample a row, as they are stored: shape [samples, width]
 * @param out shape [samples, samples], overwritten
 * @returns `out`: symmetric to the last bit, positive semidefinite up to rounding, trace ‖X‖²_F/n
 * @see docs/math.md#sample-gram
 */
export function sampleGram(features: Matrix, out: Matrix = matrix(features.rows, features.rows)): Matrix {
  return gemm(out, { a: features, b: features, transposeB: true, scale: 1 / features.cols });
}
