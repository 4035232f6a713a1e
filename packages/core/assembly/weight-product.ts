import { BLOCK_COLS, BLOCK_DEPTH, entry, leftPanels, rightPanels, tile } from './gemm';
import { multiplyAdd } from './multiply-add';
import { LEFT, packEights, RIGHT } from './panels';

/**
 * H ← α·X·Wᵀ in float32, with the very bits of `gemm`. W is read where it stands, since each of its entries meets no more than
 * the samples: packed, it would be written once more for few products.
 *
 * @param x [samples, fanIn]; @param w [fanOut, fanIn]; @param h [samples, fanOut]
 */
export function multiplyByWeight(
  samples: i32,
  fanOut: i32,
  fanIn: i32,
  x: usize,
  w: usize,
  h: usize,
  alpha: f32,
): void {
  for (let sample = 0; sample < samples; sample += BLOCK_COLS) {
    const count = min(BLOCK_COLS, samples - sample);
    for (let depth = 0; depth < fanIn; depth += BLOCK_DEPTH) {
      const depths = min(BLOCK_DEPTH, fanIn - depth);
      packEights(rightPanels, x + entry(sample, fanIn, depth, 1), fanIn, 1, count, depths);
      for (let row = 0; row < fanOut; row += LEFT) {
        const rows = min(LEFT, fanOut - row);
        let left = w + entry(row, fanIn, depth, 1);
        let pitch = (<usize>fanIn) << 2;
        if (rows < LEFT) {
          copyRows(rows, left, pitch, depths);
          left = leftPanels;
          pitch = (<usize>depths) << 2;
        }
        multiplyRow(
          rows,
          count,
          depths,
          left,
          pitch,
          h + entry(sample, fanOut, row, 1),
          fanOut,
          alpha,
          depth > 0,
        );
      }
    }
  }
}

/** The last rows, and zeros up to the sixth. */
function copyRows(rows: i32, from: usize, pitch: usize, depth: i32): void {
  const bytes = (<usize>depth) << 2;
  for (let i: usize = 0; i < <usize>rows; i++) memory.copy(leftPanels + i * bytes, from + i * pitch, bytes);
  memory.fill(leftPanels + <usize>rows * bytes, 0, <usize>(LEFT - rows) * bytes);
}

/** Six rows of W and all samples of a block. */
function multiplyRow(
  rows: i32,
  samples: i32,
  depth: i32,
  left: usize,
  pitch: usize,
  h: usize,
  hRow: i32,
  alpha: f32,
  adds: bool,
): void {
  for (let j = 0; j < samples; j += RIGHT) {
    const right = rightPanels + ((<usize>(j * depth)) << 2);
    const to = h + entry(j, hRow, 0, 1);
    if (rows === LEFT && j + RIGHT <= samples) {
      multiplySixRows(depth, left, pitch, right, to, (<usize>hRow) << 2, alpha, adds);
    } else {
      multiplySixRows(depth, left, pitch, right, tile, LEFT * 4, alpha, false);
      addTile(rows, min(RIGHT, samples - j), to, (<usize>hRow) << 2, adds);
    }
  }
}

/** What fits of the tile, at the edge. */
function addTile(rows: i32, samples: i32, to: usize, pitch: usize, adds: bool): void {
  for (let j: usize = 0; j < <usize>samples; j++) {
    for (let i: usize = 0; i < <usize>rows; i++) {
      const at = to + j * pitch + (i << 2);
      const sum = load<f32>(tile + ((j * LEFT + i) << 2));
      store<f32>(at, adds ? sum + load<f32>(at) : sum);
    }
  }
}

/** Six rows as they stand and a panel of eight samples, with all sums in registers; the result has a row a sample. */
function multiplySixRows(
  depth: i32,
  row0: usize,
  pitch: usize,
  b: usize,
  to: usize,
  toPitch: usize,
  alpha: f32,
  adds: bool,
): void {
  let row1 = row0 + pitch;
  let row2 = row1 + pitch;
  let row3 = row2 + pitch;
  let row4 = row3 + pitch;
  let row5 = row4 + pitch;
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
  const end = b + <usize>(RIGHT * depth) * 4;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(row0);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.load32_splat(row1);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.load32_splat(row2);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.load32_splat(row3);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    const a4 = v128.load32_splat(row4);
    c40 = multiplyAdd(a4, b0, c40);
    c41 = multiplyAdd(a4, b1, c41);
    const a5 = v128.load32_splat(row5);
    c50 = multiplyAdd(a5, b0, c50);
    c51 = multiplyAdd(a5, b1, c51);
    row0 += 4;
    row1 += 4;
    row2 += 4;
    row3 += 4;
    row4 += 4;
    row5 += 4;
    b += RIGHT * 4;
  }
  const factor = f32x4.splat(alpha);
  storeFourSamples(
    to,
    toPitch,
    f32x4.mul(factor, c00),
    f32x4.mul(factor, c10),
    f32x4.mul(factor, c20),
    f32x4.mul(factor, c30),
    f32x4.mul(factor, c40),
    f32x4.mul(factor, c50),
    adds,
  );
  storeFourSamples(
    to + 4 * toPitch,
    toPitch,
    f32x4.mul(factor, c01),
    f32x4.mul(factor, c11),
    f32x4.mul(factor, c21),
    f32x4.mul(factor, c31),
    f32x4.mul(factor, c41),
    f32x4.mul(factor, c51),
    adds,
  );
}

/** Six rows of four samples, turned. */
function storeFourSamples(
  to: usize,
  pitch: usize,
  r0: v128,
  r1: v128,
  r2: v128,
  r3: v128,
  r4: v128,
  r5: v128,
  adds: bool,
): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const low45 = v128.shuffle<f32>(r4, r5, 0, 4, 1, 5);
  const high45 = v128.shuffle<f32>(r4, r5, 2, 6, 3, 7);
  storeSix(to, v128.shuffle<i64>(low01, low23, 0, 2), low45, adds);
  storeSix(to + pitch, v128.shuffle<i64>(low01, low23, 1, 3), v128.shuffle<i64>(low45, low45, 1, 1), adds);
  storeSix(to + 2 * pitch, v128.shuffle<i64>(high01, high23, 0, 2), high45, adds);
  storeSix(
    to + 3 * pitch,
    v128.shuffle<i64>(high01, high23, 1, 3),
    v128.shuffle<i64>(high45, high45, 1, 1),
    adds,
  );
}

function storeSix(to: usize, four: v128, two: v128, adds: bool): void {
  if (adds) {
    four = f32x4.add(four, v128.load(to));
    two = f32x4.add(two, v128.load64_zero(to + 16));
  }
  v128.store(to, four);
  store<i64>(to + 16, i64x2.extract_lane(two, 0));
}
