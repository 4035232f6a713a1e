import { multiplyAdd64 } from './multiply-add';

/** Rows of X that one pass keeps in registers; of W it keeps two. */
const ROWS: i32 = 4;

/**
 * Y ← α·X·(W₀ + Δ)ᵀ in float64, W₀ and Δ being float32 and added exactly.
 *
 * @param x [m, k], with room for m rounded up to a multiple of four rows
 * @param start W₀ and @param change Δ: [n, k]
 * @param y [m, n], with room like x
 * @param pair two rows of float64: [2, k]
 */
export function multiplyByRows(
  m: i32,
  n: i32,
  k: i32,
  x: usize,
  start: usize,
  change: usize,
  y: usize,
  alpha: f64,
  pair: usize,
): void {
  for (let j = 0; j < n; j += 2) {
    const from = (<usize>j * <usize>k) << 2;
    const rows = min(2, n - j);
    addExactly(pair, start + from, change + from, rows * k);
    for (let i = 0; i < m; i += ROWS) {
      const left = x + ((<usize>i * <usize>k) << 3);
      const to = y + ((<usize>i * <usize>n + <usize>j) << 3);
      multiplyFourByTwo(n, k, left, pair, to, alpha, rows === 2);
    }
  }
}

/** So many rows of X stay in a cache while all of W passes. */
const BLOCK_ROWS: i32 = 64;

/**
 * Y ← α·X·Wᵀ in float64.
 *
 * @param x [m, k], with room for m rounded up to a multiple of four rows; @param w [n, k]; @param y [m, n], with room like x
 */
export function multiplyRows(m: i32, n: i32, k: i32, x: usize, w: usize, y: usize, alpha: f64): void {
  for (let block = 0; block < m; block += BLOCK_ROWS) {
    const end = min(block + BLOCK_ROWS, m);
    for (let j = 0; j < n; j += 2) {
      const pair = w + ((<usize>j * <usize>k) << 3);
      for (let i = block; i < end; i += ROWS) {
        const left = x + ((<usize>i * <usize>k) << 3);
        const to = y + ((<usize>i * <usize>n + <usize>j) << 3);
        multiplyFourByTwo(n, k, left, pair, to, alpha, j + 1 < n);
      }
    }
  }
}

/**
 * The lower triangle of G ← α·X·Xᵀ in float64, and some entries above it.
 *
 * @param x [m, k] and @param gram [m, m], both with room for m rounded up to a multiple of four rows
 */
export function lowerGram(m: i32, k: i32, x: usize, gram: usize, alpha: f64): void {
  for (let j = 0; j < m; j += 2) {
    const pair = x + ((<usize>j * <usize>k) << 3);
    for (let i = j & ~3; i < m; i += ROWS) {
      const left = x + ((<usize>i * <usize>k) << 3);
      const to = gram + ((<usize>i * <usize>m + <usize>j) << 3);
      multiplyFourByTwo(m, k, left, pair, to, alpha, j + 1 < m);
    }
  }
}

/** The sums of two float32 vectors, in float64. */
function addExactly(to: usize, first: usize, second: usize, count: i32): void {
  let at = 0;
  for (; at + 2 <= count; at += 2) {
    const sum = f64x2.add(
      f64x2.promote_low_f32x4(v128.load64_zero(first)),
      f64x2.promote_low_f32x4(v128.load64_zero(second)),
    );
    v128.store(to, sum);
    first += 8;
    second += 8;
    to += 16;
  }
  if (at < count) store<f64>(to, <f64>load<f32>(first) + <f64>load<f32>(second));
}

function multiplyFourByTwo(n: i32, k: i32, x: usize, pair: usize, y: usize, alpha: f64, both: bool): void {
  const row = (<usize>k) << 3;
  let first = pair;
  let second = both ? pair + row : pair;
  let s00 = f64x2.splat(0);
  let s01 = f64x2.splat(0);
  let s10 = f64x2.splat(0);
  let s11 = f64x2.splat(0);
  let s20 = f64x2.splat(0);
  let s21 = f64x2.splat(0);
  let s30 = f64x2.splat(0);
  let s31 = f64x2.splat(0);
  const end = first + ((<usize>(k & ~1)) << 3);
  while (first < end) {
    const w0 = v128.load(first);
    const w1 = v128.load(second);
    const x0 = v128.load(x);
    s00 = multiplyAdd64(x0, w0, s00);
    s01 = multiplyAdd64(x0, w1, s01);
    const x1 = v128.load(x + row);
    s10 = multiplyAdd64(x1, w0, s10);
    s11 = multiplyAdd64(x1, w1, s11);
    const x2 = v128.load(x + 2 * row);
    s20 = multiplyAdd64(x2, w0, s20);
    s21 = multiplyAdd64(x2, w1, s21);
    const x3 = v128.load(x + 3 * row);
    s30 = multiplyAdd64(x3, w0, s30);
    s31 = multiplyAdd64(x3, w1, s31);
    first += 16;
    second += 16;
    x += 16;
  }
  const odd = (k & 1) !== 0;
  const left: f64 = odd ? load<f64>(first) : 0;
  const right: f64 = odd ? load<f64>(second) : 0;
  const pitch = (<usize>n) << 3;
  storePair(y, s00, s01, odd ? load<f64>(x) : 0, left, right, alpha, both);
  storePair(y + pitch, s10, s11, odd ? load<f64>(x + row) : 0, left, right, alpha, both);
  storePair(y + 2 * pitch, s20, s21, odd ? load<f64>(x + 2 * row) : 0, left, right, alpha, both);
  storePair(y + 3 * pitch, s30, s31, odd ? load<f64>(x + 3 * row) : 0, left, right, alpha, both);
}

/** Two entries of Y: each sum, and the product that an odd length leaves over. */
function storePair(
  y: usize,
  first: v128,
  second: v128,
  x: f64,
  left: f64,
  right: f64,
  alpha: f64,
  both: bool,
): void {
  store<f64>(y, alpha * (f64x2.extract_lane(first, 0) + f64x2.extract_lane(first, 1) + x * left));
  if (both) {
    store<f64>(y + 8, alpha * (f64x2.extract_lane(second, 0) + f64x2.extract_lane(second, 1) + x * right));
  }
}
