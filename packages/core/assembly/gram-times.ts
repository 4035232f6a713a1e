import { multiplyAdd } from './multiply-add';

/** Rows of A that one pass takes: they are still in a cache when they are added up. */
const ROWS: i32 = 4;

/**
 * out ← Aᵀf·(A v + y) in float32, and y ← f·(A v + y), A being read from memory once.
 *
 * @param a [rows, cols]; @param v and @param out have `cols` entries, @param y `rows`, each with room for a multiple of four
 * @param factor f, which keeps what is added up in range
 */
export function gramTimes(rows: i32, cols: i32, a: usize, v: usize, y: usize, out: usize, factor: f32): void {
  memory.fill(out, 0, (<usize>cols) << 2);
  const pitch = (<usize>cols) << 2;
  for (let i = 0; i < rows; i += ROWS) {
    const count = min(ROWS, rows - i);
    addProducts(count, cols, a + <usize>i * pitch, v, y, factor);
    addTransposed(count, cols, a + <usize>i * pitch, y, out);
    y += ROWS * 4;
  }
}

/** y ← f·(A v + y). */
export function addProducts(rows: i32, cols: i32, a: usize, v: usize, y: usize, factor: f32): void {
  const pitch = (<usize>cols) << 2;
  let i = 0;
  for (; i + ROWS <= rows; i += ROWS)
    multiplyFour(cols, a + <usize>i * pitch, v, y + ((<usize>i) << 2), factor);
  for (; i < rows; i++) {
    const at = y + ((<usize>i) << 2);
    let dot: f32 = 0;
    for (let j: usize = 0; j < pitch; j += 4) dot += load<f32>(v + j) * load<f32>(a + <usize>i * pitch + j);
    store<f32>(at, factor * (dot + load<f32>(at)));
  }
}

/** out ← out + Aᵀy. */
export function addTransposed(rows: i32, cols: i32, a: usize, y: usize, out: usize): void {
  const pitch = (<usize>cols) << 2;
  let i = 0;
  for (; i + ROWS <= rows; i += ROWS) addFour(cols, a + <usize>i * pitch, y + ((<usize>i) << 2), out);
  for (; i < rows; i++) {
    const by = load<f32>(y + ((<usize>i) << 2));
    for (let j: usize = 0; j < pitch; j += 4) {
      store<f32>(out + j, load<f32>(out + j) + by * load<f32>(a + <usize>i * pitch + j));
    }
  }
}

function multiplyFour(cols: i32, row0: usize, v: usize, y: usize, factor: f32): void {
  const pitch = (<usize>cols) << 2;
  const row1 = row0 + pitch;
  const row2 = row1 + pitch;
  const row3 = row2 + pitch;
  const whole = (<usize>(cols & ~3)) << 2;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16) {
    const x = v128.load(v + at);
    s0 = multiplyAdd(x, v128.load(row0 + at), s0);
    s1 = multiplyAdd(x, v128.load(row1 + at), s1);
    s2 = multiplyAdd(x, v128.load(row2 + at), s2);
    s3 = multiplyAdd(x, v128.load(row3 + at), s3);
  }
  let d0 = sum(s0);
  let d1 = sum(s1);
  let d2 = sum(s2);
  let d3 = sum(s3);
  for (let at = whole; at < pitch; at += 4) {
    const x = load<f32>(v + at);
    d0 += x * load<f32>(row0 + at);
    d1 += x * load<f32>(row1 + at);
    d2 += x * load<f32>(row2 + at);
    d3 += x * load<f32>(row3 + at);
  }
  store<f32>(y, factor * (d0 + load<f32>(y)));
  store<f32>(y, factor * (d1 + load<f32>(y, 4)), 4);
  store<f32>(y, factor * (d2 + load<f32>(y, 8)), 8);
  store<f32>(y, factor * (d3 + load<f32>(y, 12)), 12);
}

function addFour(cols: i32, row0: usize, y: usize, out: usize): void {
  const pitch = (<usize>cols) << 2;
  const row1 = row0 + pitch;
  const row2 = row1 + pitch;
  const row3 = row2 + pitch;
  const whole = (<usize>(cols & ~3)) << 2;
  const d0 = load<f32>(y);
  const d1 = load<f32>(y, 4);
  const d2 = load<f32>(y, 8);
  const d3 = load<f32>(y, 12);
  const f0 = f32x4.splat(d0);
  const f1 = f32x4.splat(d1);
  const f2 = f32x4.splat(d2);
  const f3 = f32x4.splat(d3);
  for (let at: usize = 0; at < whole; at += 16) {
    const first = multiplyAdd(
      f0,
      v128.load(row0 + at),
      multiplyAdd(f1, v128.load(row1 + at), v128.load(out + at)),
    );
    v128.store(out + at, multiplyAdd(f2, v128.load(row2 + at), multiplyAdd(f3, v128.load(row3 + at), first)));
  }
  for (let at = whole; at < pitch; at += 4) {
    const added =
      d0 * load<f32>(row0 + at) +
      d1 * load<f32>(row1 + at) +
      d2 * load<f32>(row2 + at) +
      d3 * load<f32>(row3 + at);
    store<f32>(out + at, load<f32>(out + at) + added);
  }
}

function sum(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3))
  );
}
