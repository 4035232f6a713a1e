import { dot } from './dot.ts';
import { eigvalsh } from './eigvalsh.ts';
import { matrix } from './matrix.ts';

/** Of σ² times the residual of its vector: σ itself is within half of it of a singular value. */
const TOLERANCE = 2e-3;
const MOST_PRODUCTS = 100;
const GOLDEN_TURN = 0.6180339887498949;

/**
 * The largest singular value by the Lanczos process on AᵀA, from below: √θ of its largest Ritz value θ.
 *
 *     ‖AᵀA v − θ v‖ ≤ 2·10⁻³ θ, so that a singular value, of random matrices the largest, is within 10⁻³ of √θ,
 *     unless 100 products come first
 *
 * @param length of v, which has as many entries as A has columns
 * @param gramTimes AᵀA v
 * @returns √θ ≥ 0; 0 for the zero matrix
 */
export function topSingular(length: number, gramTimes: (v: Float64Array) => Float64Array): number {
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  const start = goldenTurns(length);
  let next = scaled(start, 1 / lengthOf(start));
  for (;;) {
    basis.push(next);
    const image = gramTimes(next);
    diagonal.push(dot(next, image));
    // Twice is enough for the basis to stay orthogonal to the last digits.
    for (let pass = 0; pass < 2; pass++) for (const each of basis) subtract(image, each, dot(each, image));
    const rest = lengthOf(image);
    const { value, vector } = topEigenpair(diagonal, beside);
    const residual = rest * Math.abs(vector[vector.length - 1]);
    const isLast = basis.length === Math.min(length, MOST_PRODUCTS);
    if (isLast || !(residual > TOLERANCE * value)) return Math.sqrt(Math.max(0, value));
    beside.push(rest);
    next = scaled(image, 1 / rest);
  }
}

/** The largest eigenvalue of a symmetric tridiagonal matrix that is positive semidefinite, and its vector of length 1. */
function topEigenpair(
  diagonal: readonly number[],
  beside: readonly number[],
): { readonly value: number; readonly vector: Float64Array } {
  const n = diagonal.length;
  const t = matrix(n, n);
  for (let i = 0; i < n; i++) {
    t.data[i * n + i] = diagonal[i];
    if (i > 0) t.data[i * n + i - 1] = t.data[(i - 1) * n + i] = beside[i - 1];
  }
  const value = eigvalsh(t)[0];
  // Inverse iteration: a shift just above the spectrum leaves pivots positive.
  const shift = value * (1 + 1e-10);
  let vector = new Float64Array(n).fill(1);
  for (let pass = 0; pass < 3 && value > 0 && Number.isFinite(value); pass++) {
    const solved = solvedBelow(shift, { diagonal, beside }, vector);
    vector = scaled(solved, 1 / lengthOf(solved));
  }
  return { value, vector };
}

/** (shift·I − T)⁻¹ x by elimination. */
function solvedBelow(
  shift: number,
  { diagonal, beside }: { readonly diagonal: readonly number[]; readonly beside: readonly number[] },
  x: Float64Array,
): Float64Array {
  const n = diagonal.length;
  const out = x.slice();
  const pivots = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const factor = i > 0 ? beside[i - 1] / pivots[i - 1] : 0;
    pivots[i] = shift - diagonal[i] - (i > 0 ? factor * beside[i - 1] : 0);
    if (i > 0) out[i] += factor * out[i - 1];
  }
  for (let i = n - 1; i >= 0; i--) {
    out[i] = (out[i] + (i + 1 < n ? beside[i] * out[i + 1] : 0)) / pivots[i];
  }
  return out;
}

/** A direction that no structure is likely to be orthogonal to. */
function goldenTurns(length: number): Float64Array {
  return Float64Array.from({ length }, (_, at) => (((at + 1) * GOLDEN_TURN) % 1) - 1 / 2);
}

function subtract(from: Float64Array, direction: Float64Array, factor: number): void {
  for (let at = 0; at < from.length; at++) from[at] -= factor * direction[at];
}

function scaled(vector: Float64Array, factor: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(vector.length);
  for (let at = 0; at < out.length; at++) out[at] = factor * vector[at];
  return out;
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
