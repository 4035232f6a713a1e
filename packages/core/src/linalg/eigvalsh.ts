import type { Matrix } from './matrix.ts';
import { maxAbs } from './norms.ts';

/** QL needs fewer than two sweeps an eigenvalue on average; EISPACK gives up at 30. */
const MAX_SWEEPS = 50;
/** After so many sweeps a coupling counts as lost beside the whole matrix, no longer only beside its neighbors. */
const PATIENCE = 20;

/**
 * Eigenvalues of a symmetric matrix: Householder's reduction to tridiagonal form, then QL with implicit shifts, each block
 * from its smaller end.
 *
 * Backward stable: each value is within about n·ε·|λ|_max of an exact one, so small eigenvalues carry an
 * absolute and not a relative error.
 *
 * @param a symmetric, shape [n, n]; only the lower triangle is read
 * @returns n eigenvalues, descending; all NaN if an entry is not finite
 * @see Golub & Van Loan, "Matrix Computations", 4th ed., algorithms 8.3.1 and 8.3.3 (docs/math.md#lambda-min)
 */
export function eigvalsh(a: Matrix): Float64Array {
  const n = a.rows;
  if (a.cols !== n) throw new RangeError(`eigvalsh: expected a square matrix, got [${n}, ${a.cols}]`);
  const work = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) work[i * n + j] = a.data[i * n + j];
  const scale = maxAbs(work);
  if (!Number.isFinite(scale)) return new Float64Array(n).fill(Number.NaN);
  if (scale === 0) return new Float64Array(n);
  // Entries of size 1: no square over- or underflows.
  for (let at = 0; at < work.length; at++) work[at] /= scale;
  const { diagonal, offDiagonal } = tridiagonalize(work, n);
  if (!diagonalize(diagonal, offDiagonal)) return diagonal.fill(Number.NaN);
  for (let at = 0; at < n; at++) diagonal[at] *= scale;
  return diagonal.sort().reverse();
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Entry k couples k and k + 1; the last is 0. */
  readonly offDiagonal: Float64Array;
}

/** Overwrites the lower triangle of `a`. */
function tridiagonalize(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    if (k === n - 1) break;
    let squares = 0;
    for (let i = k + 1; i < n; i++) {
      v[i] = a[i * n + k];
      squares += v[i] * v[i];
    }
    const head = v[k + 1];
    const alpha = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    offDiagonal[k] = alpha;
    // H = I − vvᵀ/half with v = x − αe₁ maps column k to αe₁; half = ½‖v‖².
    const half = squares - head * alpha;
    if (half === 0) continue;
    v[k + 1] = head - alpha;
    reflectBothSides(a, n, { k, v, w, half });
  }
  return { diagonal, offDiagonal };
}

/** A ← HAH on the trailing block after column k: A − vwᵀ − wvᵀ with w = p − (vᵀp / 2half) v, p = Av/half. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  { k, v, w, half }: { k: number; v: Float64Array; w: Float64Array; half: number },
): void {
  w.fill(0, k + 1);
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    let dot = 0;
    for (let j = k + 1; j < i; j++) {
      dot += a[row + j] * v[j];
      w[j] += a[row + j] * v[i];
    }
    w[i] += dot + a[row + i] * v[i];
  }
  let inner = 0;
  for (let i = k + 1; i < n; i++) {
    w[i] /= half;
    inner += v[i] * w[i];
  }
  const correction = inner / (2 * half);
  for (let i = k + 1; i < n; i++) w[i] -= correction * v[i];
  for (let i = k + 1; i < n; i++) {
    const row = i * n;
    for (let j = k + 1; j <= i; j++) a[row + j] -= v[i] * w[j] + w[i] * v[j];
  }
}

/** Leaves the eigenvalues in d; false if they did not converge, which exact arithmetic excludes. */
function diagonalize(d: Float64Array, e: Float64Array): boolean {
  const n = d.length;
  const size = d.reduce((largest, value, k) => Math.max(largest, Math.abs(value) + Math.abs(e[k])), 0);
  for (let start = 0; start < n; start++) if (!isolate(d, e, { start, size })) return false;
  return true;
}

/** Sweeps until the value at `start` is coupled to none. */
function isolate(
  d: Float64Array,
  e: Float64Array,
  { start, size }: { start: number; size: number },
): boolean {
  for (let sweep = 0; ; sweep++) {
    const end = firstNegligible(d, e, { start, least: sweep < PATIENCE ? 0 : size });
    if (end === start) return true;
    if (sweep === MAX_SWEEPS) return false;
    if (sweep === 0 && Math.abs(d[end]) < Math.abs(d[start])) turn(d, e, { start, end });
    sweepQl(d, e, start, end);
  }
}

/** Reverses a block: QL finds the small eigenvalues of a graded matrix where it begins with them, as QR does at the end. */
function turn(d: Float64Array, e: Float64Array, { start, end }: { start: number; end: number }): void {
  d.subarray(start, end + 1).reverse();
  e.subarray(start, end).reverse();
}

/**
 * The first index m ≥ start whose coupling to the next is lost in rounding, n − 1 if there is none.
 *
 *     |e_m| ≤ ε · √|d_m d_{m+1}|        after {@link PATIENCE} sweeps also where |e_m| ≤ ε · max_k (|d_k| + |e_k|)
 *
 * The neighbors alone keep the small eigenvalues of a graded matrix. Where a low rank leaves a block of pure rounding noise,
 * no coupling in it may ever fall below ε of its neighbors: then the whole matrix counts.
 *
 * @see LAPACK's dsterf and EISPACK's tql1, whose tests these are
 */
function firstNegligible(
  d: Float64Array,
  e: Float64Array,
  { start, least }: { start: number; least: number },
): number {
  let m = start;
  while (
    m < d.length - 1 &&
    Math.abs(e[m]) >
      Number.EPSILON * Math.max(Math.sqrt(Math.abs(d[m])) * Math.sqrt(Math.abs(d[m + 1])), least)
  )
    m++;
  return m;
}

/** One implicit QL sweep over [start, end]: Givens rotations chase the bulge from the bottom to the top. */
function sweepQl(d: Float64Array, e: Float64Array, start: number, end: number): void {
  // Wilkinson's shift: the eigenvalue of the leading 2 × 2 block nearer to d[start].
  const half = (d[start + 1] - d[start]) / (2 * e[start]);
  const root = Math.sqrt(half * half + 1);
  let g = d[end] - d[start] + e[start] / (half + (half >= 0 ? root : -root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = end - 1; i >= start; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const radius = Math.sqrt(f * f + g * g);
    e[i + 1] = radius;
    if (radius === 0) {
      d[i + 1] -= shift; // the matrix splits here: deflate and start over
      e[end] = 0;
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    g = d[i + 1] - shift;
    const twist = (d[i] - g) * sine + 2 * cosine * b;
    shift = sine * twist;
    d[i + 1] = g + shift;
    g = cosine * twist - b;
  }
  d[start] -= shift;
  e[start] = g;
  e[end] = 0;
}
