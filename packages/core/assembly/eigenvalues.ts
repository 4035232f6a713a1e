import { multiplyAdd64, multiplySubtract64 } from './multiply-add';
import { addMultiple64 } from './vectors';

/** QL needs fewer than two sweeps an eigenvalue on average. */
const MOST_SWEEPS: i32 = 50;
/** After so many sweeps a coupling counts as lost beside the whole matrix, no longer only beside its neighbors. */
const PATIENCE: i32 = 20;
const EPSILON: f64 = 2.220446049250313e-16;

/**
 * Eigenvalues of a symmetric matrix, in no order; `linalg/eigvalsh.ts` has the same algorithm and its sources.
 *
 * @param a lower triangle of entries at most 1: [n, n], overwritten
 * @param d takes them, and @param e, @param v, @param w are room for n numbers each
 * @returns 0 if they did not converge, which exact arithmetic excludes
 */
export function symmetricEigenvalues(a: usize, n: i32, d: usize, e: usize, v: usize, w: usize): i32 {
  tridiagonalize(a, n, d, e, v, w);
  return diagonalize(d, e, n);
}

function at(vector: usize, index: i32): f64 {
  return load<f64>(vector + ((<usize>index) << 3));
}

function put(vector: usize, index: i32, value: f64): void {
  store<f64>(vector + ((<usize>index) << 3), value);
}

function tridiagonalize(a: usize, n: i32, d: usize, e: usize, v: usize, w: usize): void {
  const pitch = (<usize>n) << 3;
  for (let k = 0; k < n; k++) {
    const column = a + ((<usize>k) << 3);
    put(d, k, load<f64>(column + <usize>k * pitch));
    put(e, k, 0);
    if (k === n - 1) return;
    let squares: f64 = 0;
    for (let i = k + 1; i < n; i++) {
      const entry = load<f64>(column + <usize>i * pitch);
      put(v, i, entry);
      squares += entry * entry;
    }
    const head = at(v, k + 1);
    const alpha = head > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    put(e, k, alpha);
    const half = squares - head * alpha;
    if (half === 0) continue;
    put(v, k + 1, head - alpha);
    reflect(a, n, k + 1, v, w, half);
  }
}

/** A ← HAH on the block from `first` on, two rows at a time. */
function reflect(a: usize, n: i32, first: i32, v: usize, w: usize, half: f64): void {
  const pitch = (<usize>n) << 3;
  const skip = (<usize>first) << 3;
  for (let i = first; i < n; i++) put(w, i, 0);
  for (let i = first; i < n; i += 2) {
    const row = a + <usize>i * pitch;
    const next = row + pitch;
    const isPair = i + 1 < n;
    // The last row of an odd number is multiplied twice, and its second product forgotten.
    multiplyTwo(
      row + skip,
      isPair ? next + skip : row + skip,
      v + skip,
      w + skip,
      at(v, i),
      isPair ? at(v, i + 1) : 0,
      i - first,
    );
    put(w, i, at(w, i) + firstDot + at(row, i) * at(v, i));
    if (!isPair) break;
    const beside = at(next, i);
    put(w, i, at(w, i) + at(v, i + 1) * beside);
    put(w, i + 1, at(w, i + 1) + (secondDot + beside * at(v, i)) + at(next, i + 1) * at(v, i + 1));
  }
  let inner: f64 = 0;
  for (let i = first; i < n; i++) {
    put(w, i, at(w, i) / half);
    inner += at(v, i) * at(w, i);
  }
  addMultiple64(w + skip, v + skip, -inner / (2 * half), n - first);
  for (let i = first; i < n; i += 2) {
    const row = a + <usize>i * pitch;
    const next = row + pitch;
    const count = i - first;
    if (i + 1 < n) {
      subtractTwo(
        row + skip,
        next + skip,
        v + skip,
        w + skip,
        at(v, i),
        at(w, i),
        at(v, i + 1),
        at(w, i + 1),
        count,
      );
      subtractOne(next, v, w, i + 1, i);
      subtractOne(next, v, w, i + 1, i + 1);
    } else {
      // Both are the same row: what is stored second is what was first.
      subtractTwo(row + skip, row + skip, v + skip, w + skip, at(v, i), at(w, i), at(v, i), at(w, i), count);
    }
    subtractOne(row, v, w, i, i);
  }
}

/** What {@link multiplyTwo} has of each row. */
let firstDot: f64 = 0;
let secondDot: f64 = 0;

/** rᵀv of two rows, and w ← w + f·r of one after the other; @param count even */
function multiplyTwo(
  row0: usize,
  row1: usize,
  v: usize,
  w: usize,
  factor0: f64,
  factor1: f64,
  count: i32,
): void {
  let sums0 = f64x2.splat(0);
  let sums1 = f64x2.splat(0);
  const f0 = f64x2.splat(factor0);
  const f1 = f64x2.splat(factor1);
  const end = row0 + ((<usize>count) << 3);
  while (row0 < end) {
    const r0 = v128.load(row0);
    const r1 = v128.load(row1);
    const entries = v128.load(v);
    sums0 = multiplyAdd64(r0, entries, sums0);
    sums1 = multiplyAdd64(r1, entries, sums1);
    v128.store(w, multiplyAdd64(f1, r1, multiplyAdd64(f0, r0, v128.load(w))));
    row0 += 16;
    row1 += 16;
    v += 16;
    w += 16;
  }
  firstDot = f64x2.extract_lane(sums0, 0) + f64x2.extract_lane(sums0, 1);
  secondDot = f64x2.extract_lane(sums1, 0) + f64x2.extract_lane(sums1, 1);
}

/** r ← r − f·w − g·v of two rows; @param count even */
function subtractTwo(
  row0: usize,
  row1: usize,
  v: usize,
  w: usize,
  ofW0: f64,
  ofV0: f64,
  ofW1: f64,
  ofV1: f64,
  count: i32,
): void {
  const f0 = f64x2.splat(ofW0);
  const g0 = f64x2.splat(ofV0);
  const f1 = f64x2.splat(ofW1);
  const g1 = f64x2.splat(ofV1);
  const end = row0 + ((<usize>count) << 3);
  while (row0 < end) {
    const ofW = v128.load(w);
    const ofV = v128.load(v);
    // Both are read before one is written: a write a page away would hold up the read.
    const r0 = v128.load(row0);
    const r1 = v128.load(row1);
    v128.store(row0, multiplySubtract64(g0, ofV, multiplySubtract64(f0, ofW, r0)));
    v128.store(row1, multiplySubtract64(g1, ofV, multiplySubtract64(f1, ofW, r1)));
    row0 += 16;
    row1 += 16;
    v += 16;
    w += 16;
  }
}

/** The entry of row i in column j. */
function subtractOne(row: usize, v: usize, w: usize, i: i32, j: i32): void {
  put(row, j, at(row, j) - (at(v, i) * at(w, j) + at(w, i) * at(v, j)));
}

function diagonalize(d: usize, e: usize, n: i32): i32 {
  let size: f64 = 0;
  for (let k = 0; k < n; k++) size = max(size, abs(at(d, k)) + abs(at(e, k)));
  for (let start = 0; start < n; start++) if (!isolate(d, e, n, start, size)) return 0;
  return 1;
}

/** Sweeps until the value at `start` is coupled to none. */
function isolate(d: usize, e: usize, n: i32, start: i32, size: f64): bool {
  for (let sweep = 0; sweep <= MOST_SWEEPS; sweep++) {
    const end = firstNegligible(d, e, n, start, sweep < PATIENCE ? 0 : size);
    if (end === start) return true;
    if (sweep === 0 && abs(at(d, end)) < abs(at(d, start))) turn(d, e, start, end);
    sweepQl(d, e, start, end);
  }
  return false;
}

/** Reverses a block: QL finds the small eigenvalues of a graded matrix where it begins with them. */
function turn(d: usize, e: usize, start: i32, end: i32): void {
  for (let i = start, j = end; i < j; i++, j--) {
    const kept = at(d, i);
    put(d, i, at(d, j));
    put(d, j, kept);
  }
  for (let i = start, j = end - 1; i < j; i++, j--) {
    const kept = at(e, i);
    put(e, i, at(e, j));
    put(e, j, kept);
  }
}

function firstNegligible(d: usize, e: usize, n: i32, start: i32, least: f64): i32 {
  let m = start;
  while (
    m < n - 1 &&
    abs(at(e, m)) > EPSILON * max(Math.sqrt(abs(at(d, m))) * Math.sqrt(abs(at(d, m + 1))), least)
  )
    m++;
  return m;
}

function sweepQl(d: usize, e: usize, start: i32, end: i32): void {
  const half = (at(d, start + 1) - at(d, start)) / (2 * at(e, start));
  const root = Math.sqrt(half * half + 1);
  let g = at(d, end) - at(d, start) + at(e, start) / (half + (half >= 0 ? root : -root));
  let sine: f64 = 1;
  let cosine: f64 = 1;
  let shift: f64 = 0;
  for (let i = end - 1; i >= start; i--) {
    const f = sine * at(e, i);
    const b = cosine * at(e, i);
    const radius = Math.sqrt(f * f + g * g);
    put(e, i + 1, radius);
    if (radius === 0) {
      put(d, i + 1, at(d, i + 1) - shift);
      put(e, end, 0);
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    g = at(d, i + 1) - shift;
    const twist = (at(d, i) - g) * sine + 2 * cosine * b;
    shift = sine * twist;
    put(d, i + 1, g + shift);
    g = cosine * twist - b;
  }
  put(d, start, at(d, start) - shift);
  put(e, start, g);
  put(e, end, 0);
}
