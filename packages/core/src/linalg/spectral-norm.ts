import { eigvalsh } from './eigvalsh.ts';
import { gemm } from './gemm.ts';
import { type Matrix, matrix } from './matrix.ts';

/** Up to so many rows or columns the norm comes from all eigenvalues of the smaller Gram. */
const FEW = 64;
/** An iteration that adds less than this share is the last. */
const TOLERANCE = 1e-3;
const MOST_ITERATIONS = 100;
const GOLDEN_TURN = 0.6180339887498949;

/**
 * The spectral norm ‖A‖₂, the largest singular value: exact where a side is short, else by power iteration on AᵀA from a
 * fixed start, which stays below it by a percent where singular values crowd at the top.
 *
 * @returns a number ≥ 0
 */
export function spectralNorm(a: Matrix): number {
  const short = Math.min(a.rows, a.cols);
  if (short <= FEW) {
    const product = a.rows === short ? { a, b: a, transposeB: true } : { a, b: a, transposeA: true };
    return Math.sqrt(Math.max(0, eigvalsh(gemm(matrix(short, short), product))[0] ?? 0));
  }
  // Golden turns: a direction that no structure of a matrix is likely to be orthogonal to.
  let vector = matrix(
    1,
    a.cols,
    Float64Array.from({ length: a.cols }, (_, at) => (((at + 1) * GOLDEN_TURN) % 1) - 1 / 2),
  );
  let norm = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const length = lengthOf(vector);
    if (!(length > 0)) return length;
    for (let at = 0; at < vector.data.length; at++) vector.data[at] /= length;
    const image = timesTransposed(vector, a);
    const next = lengthOf(image);
    if (!(next - norm > TOLERANCE * next)) return Math.max(norm, next);
    norm = next;
    vector = times(image, a);
  }
  return norm;
}

/** vAᵀ of a row vector. */
function timesTransposed({ data: v }: Matrix, { rows, cols, data }: Matrix): Matrix {
  const out = matrix(1, rows);
  for (let i = 0; i < rows; i++) {
    let dot = 0;
    for (let j = 0; j < cols; j++) dot += data[i * cols + j] * v[j];
    out.data[i] = dot;
  }
  return out;
}

/** vA of a row vector. */
function times({ data: v }: Matrix, { rows, cols, data }: Matrix): Matrix {
  const out = matrix(1, cols);
  for (let i = 0; i < rows; i++) {
    const factor = v[i];
    for (let j = 0; j < cols; j++) out.data[j] += factor * data[i * cols + j];
  }
  return out;
}

function lengthOf({ data }: Matrix): number {
  let squares = 0;
  for (const entry of data) squares += entry * entry;
  return Math.sqrt(squares);
}
