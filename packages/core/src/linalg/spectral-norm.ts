import { eigvalsh } from './eigvalsh.ts';
import { gemm } from './gemm.ts';
import { type Matrix, matrix } from './matrix.ts';
import { topSingular } from './top-singular.ts';

/** Up to so many rows or columns the norm comes from all eigenvalues of the smaller Gram. */
const FEW = 64;

/** Whether {@link spectralNorm} takes the norm of such a matrix from all eigenvalues of the smaller Gram. */
export function hasShortSide(rows: number, cols: number): boolean {
  return Math.min(rows, cols) <= FEW;
}

/**
 * The spectral norm ‖A‖₂, the largest singular value: exact where a side is short, else as {@link topSingular} has it.
 *
 * @returns a number ≥ 0
 */
export function spectralNorm(a: Matrix): number {
  if (!hasShortSide(a.rows, a.cols)) return topSingular(a.cols, (v) => gramTimes(a, v));
  const short = Math.min(a.rows, a.cols);
  const product = a.rows === short ? { a, b: a, transposeB: true } : { a, b: a, transposeA: true };
  return Math.sqrt(Math.max(0, eigvalsh(gemm(matrix(short, short), product))[0] ?? 0));
}

/** Aᵀ(A v), each row of A being read once. */
export function gramTimes({ rows, cols, data }: Matrix, v: Float64Array): Float64Array {
  const out = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    const row = i * cols;
    let dot = 0;
    for (let j = 0; j < cols; j++) dot += data[row + j] * v[j];
    for (let j = 0; j < cols; j++) out[j] += dot * data[row + j];
  }
  return out;
}
