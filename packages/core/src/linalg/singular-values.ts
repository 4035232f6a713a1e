import type { Matrix } from './matrix.ts';
import { maxAbs } from './norms.ts';

/** One-sided Jacobi converges quadratically; ten sweeps are already rare. */
const MAX_SWEEPS = 60;

/**
 * Singular values of a matrix: Householder's QR of its tall orientation, then one-sided Jacobi on the small factor.
 *
 * Never forms XᵀX, so a value keeps an absolute error of order ε·σ_1 where the Gram route leaves √ε·σ_1.
 *
 * @param m shape [rows, cols]
 * @returns min(rows, cols) values, descending; all NaN if an entry is not finite
 * @see Demmel & Veselić 1992, "Jacobi's method is more accurate than QR"
 */
export function singularValues(m: Matrix): Float64Array {
  const count = Math.min(m.rows, m.cols);
  const scale = maxAbs(m.data);
  if (!Number.isFinite(scale)) return new Float64Array(count).fill(Number.NaN);
  if (scale === 0) return new Float64Array(count);
  const vectors = longVectors(m, 1 / scale);
  triangularize(vectors);
  // Rows of R: Jacobi converges faster on them than on its columns.
  const rows = vectors.map((_, i) => Float64Array.from(vectors, (column, j) => (j >= i ? column[i] : 0)));
  orthogonalize(rows);
  return Float64Array.from(rows, (row) => scale * Math.sqrt(dot(row, row, 0))).sort((a, b) => b - a);
}

/** The columns of the tall orientation: rows of m if it is wide, columns if it is tall. */
function longVectors(m: Matrix, scale: number): Float64Array[] {
  if (m.rows <= m.cols) {
    return Array.from({ length: m.rows }, (_, i) =>
      m.data.slice(i * m.cols, (i + 1) * m.cols).map((entry) => entry * scale),
    );
  }
  return Array.from({ length: m.cols }, (_, j) =>
    Float64Array.from({ length: m.rows }, (_, i) => m.data[i * m.cols + j] * scale),
  );
}

/** Householder's QR in place: entry i ≤ j of vector j becomes R_ij. */
function triangularize(columns: readonly Float64Array[]): void {
  columns.forEach((pivot, k) => {
    const norm = Math.sqrt(dot(pivot, pivot, k));
    if (norm === 0) return;
    const alpha = pivot[k] > 0 ? -norm : norm;
    const half = norm * (norm + Math.abs(pivot[k])); // ½‖v‖² of v = x − αe_k
    pivot[k] -= alpha;
    for (let j = k + 1; j < columns.length; j++)
      addMultiple(columns[j], pivot, -dot(columns[j], pivot, k) / half, k);
    pivot[k] = alpha;
  });
}

/** Rotates pairs of rows until all are orthogonal to working precision: their lengths are the singular values. */
function orthogonalize(rows: readonly Float64Array[]): void {
  const tolerance = rows.length * Number.EPSILON;
  for (let sweep = 0, rotated = true; rotated && sweep < MAX_SWEEPS; sweep++) {
    rotated = false;
    for (let p = 0; p < rows.length; p++) {
      for (let q = p + 1; q < rows.length; q++) {
        if (rotateToOrthogonal(rows[p], rows[q], tolerance)) rotated = true;
      }
    }
  }
}

function rotateToOrthogonal(x: Float64Array, y: Float64Array, tolerance: number): boolean {
  const xx = dot(x, x, 0);
  const yy = dot(y, y, 0);
  const xy = dot(x, y, 0);
  if (Math.abs(xy) <= tolerance * Math.sqrt(xx) * Math.sqrt(yy)) return false;
  // tan θ is the smaller root of t² + 2ζt − 1 = 0: the rotation by at most 45°.
  const zeta = (yy - xx) / (2 * xy);
  const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i], y[i]];
    x[i] = cosine * a - sine * b;
    y[i] = sine * a + cosine * b;
  }
  return true;
}

function dot(x: Float64Array, y: Float64Array, start: number): number {
  let sum = 0;
  for (let i = start; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

function addMultiple(to: Float64Array, from: Float64Array, factor: number, start: number): void {
  for (let i = start; i < to.length; i++) to[i] += factor * from[i];
}
