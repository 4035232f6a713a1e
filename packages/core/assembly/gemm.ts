import { multiplyAdd } from './multiply-add';
import { LEFT, packEights, packSixes, RIGHT } from './panels';

/** Blocks: one panel of the left operand stays in the first cache, those of the right one in the next. */
const BLOCK_ROWS: i32 = 96;
export const BLOCK_DEPTH: i32 = 256;
export const BLOCK_COLS: i32 = 1024;

const LEFT_BYTES: usize = <usize>(BLOCK_ROWS * BLOCK_DEPTH) * 4;
const RIGHT_BYTES: usize = <usize>(BLOCK_COLS * BLOCK_DEPTH) * 4;
const TILE_BYTES: usize = <usize>(LEFT * RIGHT) * 4;

export let leftPanels: usize = 0;
export let rightPanels: usize = 0;
export let tile: usize = 0;
/** Where W and W₀ stand beside the change that a product is added to; 0 of any other product. */
let sumOffset: usize = 0;
let startOffset: usize = 0;

/** Takes the memory that products need, above that of constants; returns where what is free begins. */
export function reserve(): usize {
  leftPanels = (__heap_base + 15) & ~15;
  rightPanels = leftPanels + LEFT_BYTES;
  tile = rightPanels + RIGHT_BYTES;
  return tile + TILE_BYTES;
}

/** Δ ← α·A·B + Δ, and then W ← W₀ + Δ while it is at hand: strides are those of `gemm`, Δ, W₀ and W being alike. */
export function gemmOfChange(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aCol: i32,
  b: usize,
  bRow: i32,
  bCol: i32,
  change: usize,
  row: i32,
  alpha: f32,
  start: usize,
  w: usize,
): void {
  sumOffset = w - change;
  startOffset = start - change;
  gemm(m, n, k, a, aRow, aCol, b, bRow, bCol, change, row, alpha, 1);
  sumOffset = 0;
}

/**
 * C ← α·A·B + β·C in float32, of any layout: strides are in entries, of rows and of columns. With β = 0, C is not read.
 *
 * Sums run in a fixed order: equal operands give equal bits.
 */
export function gemm(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: i32,
  aCol: i32,
  b: usize,
  bRow: i32,
  bCol: i32,
  c: usize,
  cRow: i32,
  alpha: f32,
  beta: f32,
): void {
  for (let col = 0; col < n; col += BLOCK_COLS) {
    const cols = min(BLOCK_COLS, n - col);
    for (let depth = 0; depth < k; depth += BLOCK_DEPTH) {
      const depths = min(BLOCK_DEPTH, k - depth);
      packEights(rightPanels, b + entry(depth, bRow, col, bCol), bCol, bRow, cols, depths);
      const factor: f32 = depth === 0 ? beta : 1;
      const offset = depth + depths === k ? sumOffset : 0;
      for (let row = 0; row < m; row += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, m - row);
        packSixes(leftPanels, a + entry(row, aRow, depth, aCol), aRow, aCol, rows, depths);
        multiplyBlock(rows, cols, depths, c + entry(row, cRow, col, 1), cRow, alpha, factor, offset);
      }
    }
  }
}

export function entry(row: i32, rowStride: i32, col: i32, colStride: i32): usize {
  return (<usize>(row * rowStride + col * colStride)) << 2;
}

function multiplyBlock(
  rows: i32,
  cols: i32,
  depth: i32,
  c: usize,
  cRow: i32,
  alpha: f32,
  beta: f32,
  offset: usize,
): void {
  const pitch = (<usize>cRow) << 2;
  // Row by row: rows of C that are a page apart would push each other out of the first cache before their next columns are met.
  for (let i = 0; i < rows; i += LEFT) {
    const left = leftPanels + ((<usize>(i * depth)) << 2);
    for (let j = 0; j < cols; j += RIGHT) {
      const right = rightPanels + ((<usize>(j * depth)) << 2);
      const to = c + entry(i, cRow, j, 1);
      if (i + LEFT <= rows && j + RIGHT <= cols) {
        multiplyPanels(depth, left, right, to, pitch, alpha, beta);
        if (offset !== 0) addStarts(to, pitch, offset);
      } else {
        multiplyPanels(depth, left, right, tile, RIGHT * 4, alpha, 0);
        addTile(min(LEFT, rows - i), min(RIGHT, cols - j), to, pitch, beta, offset);
      }
    }
  }
}

/** What fits of the tile, at the edge. */
function addTile(rows: i32, cols: i32, to: usize, pitch: usize, beta: f32, offset: usize): void {
  for (let i: usize = 0; i < <usize>rows; i++) {
    const row = tile + ((i * RIGHT) << 2);
    if (cols === RIGHT) {
      storeRow(to + i * pitch, v128.load(row), v128.load(row, 16), beta);
      if (offset !== 0) addStartsOfRow(to + i * pitch, offset);
      continue;
    }
    for (let j: usize = 0; j < <usize>cols; j++) {
      const at = to + i * pitch + (j << 2);
      const product = load<f32>(row + (j << 2));
      const sum = beta === 0 ? product : product + beta * load<f32>(at);
      store<f32>(at, sum);
      if (offset !== 0) store<f32>(at + offset, load<f32>(at + startOffset) + sum);
    }
  }
}

/** Six rows and eight columns: two panels multiplied with all sums in registers. */
function multiplyPanels(depth: i32, a: usize, b: usize, c: usize, pitch: usize, alpha: f32, beta: f32): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  let c50 = f32x4.splat(0);
  let c51 = f32x4.splat(0);
  const end = a + <usize>(LEFT * depth) * 4;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    const a4 = v128.load32_splat(a, 16);
    c40 = multiplyAdd(a4, b0, c40);
    c41 = multiplyAdd(a4, b1, c41);
    const a5 = v128.load32_splat(a, 20);
    c50 = multiplyAdd(a5, b0, c50);
    c51 = multiplyAdd(a5, b1, c51);
    a += LEFT * 4;
    b += RIGHT * 4;
  }
  const factor = f32x4.splat(alpha);
  storeRow(c, f32x4.mul(factor, c00), f32x4.mul(factor, c01), beta);
  storeRow(c + pitch, f32x4.mul(factor, c10), f32x4.mul(factor, c11), beta);
  storeRow(c + 2 * pitch, f32x4.mul(factor, c20), f32x4.mul(factor, c21), beta);
  storeRow(c + 3 * pitch, f32x4.mul(factor, c30), f32x4.mul(factor, c31), beta);
  storeRow(c + 4 * pitch, f32x4.mul(factor, c40), f32x4.mul(factor, c41), beta);
  storeRow(c + 5 * pitch, f32x4.mul(factor, c50), f32x4.mul(factor, c51), beta);
}

function storeRow(to: usize, left: v128, right: v128, beta: f32): void {
  if (beta !== 0) {
    const factor = f32x4.splat(beta);
    left = f32x4.add(left, f32x4.mul(factor, v128.load(to)));
    right = f32x4.add(right, f32x4.mul(factor, v128.load(to, 16)));
  }
  v128.store(to, left);
  v128.store(to, right, 16);
}

/** W ← W₀ + Δ of six rows and eight columns. */
function addStarts(change: usize, pitch: usize, offset: usize): void {
  for (let i = 0; i < LEFT; i++) addStartsOfRow(change + <usize>i * pitch, offset);
}

function addStartsOfRow(change: usize, offset: usize): void {
  const w = change + offset;
  const start = change + startOffset;
  v128.store(w, f32x4.add(v128.load(start), v128.load(change)));
  v128.store(w, f32x4.add(v128.load(start, 16), v128.load(change, 16)), 16);
}
