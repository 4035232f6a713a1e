import type { Matrix } from './matrix.ts';

/** The product op(A)·op(B), op being the transpose where asked for. */
export interface Product {
  readonly a: Matrix;
  readonly b: Matrix;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A factor on the product; 1 unless given. */
  readonly scale?: number;
  /** Adds to what `out` holds instead of overwriting it. */
  readonly add?: boolean;
}

/** Panels that a product packs its operands into. Kept between calls it saves their allocation; it holds no result. */
export interface GemmWorkspace {
  a: Float64Array;
  b: Float64Array;
  readonly tile: Float64Array;
}

/** Room for the packed operands of products, which grows with the largest of them. */
export function gemmWorkspace(): GemmWorkspace {
  return { a: new Float64Array(0), b: new Float64Array(0), tile: new Float64Array(TILE * TILE) };
}

/** Computes a product into `out`, overwriting or adding, and returns it. */
export type Multiply = (out: Matrix, product: Product) => Matrix;

/** {@link gemm} with a workspace of its own. */
export function plainMultiply(): Multiply {
  const workspace = gemmWorkspace();
  return (out, product) => gemm(out, product, workspace);
}

/** Rows and columns of the block of `out` that one kernel call keeps in registers. */
const TILE = 4;
/** Block sizes: a packed block of A and one panel of B stay in the caches nearest to the processor. */
const BLOCK_ROWS = 128;
const BLOCK_COLS = 512;
const BLOCK_DEPTH = 256;

/** op(M) as strides, so that one kernel serves every layout. */
interface Operand {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly rowStride: number;
  readonly colStride: number;
}

/**
 * Matrix product, out = scale · op(A) op(B), plus out itself if `add`.
 *
 * Operands are packed block by block into panels of four rows or columns; the kernel then reads both with unit
 * stride and keeps sixteen sums in registers. Sums run in a fixed order: equal operands give equal bits.
 *
 * @param out shape [rows of op(A), columns of op(B)]; must share no storage with the operands
 * @returns `out`
 */
export function gemm(out: Matrix, product: Product, workspace: GemmWorkspace = gemmWorkspace()): Matrix {
  const a = operand(product.a, product.transposeA ?? false);
  const b = operand(product.b, product.transposeB ?? false);
  if (a.cols !== b.rows || out.rows !== a.rows || out.cols !== b.cols) {
    throw new RangeError(
      `gemm: expected shapes [m, k] [k, n] → [m, n], got [${a.rows}, ${a.cols}] [${b.rows}, ${b.cols}] → [${out.rows}, ${out.cols}]`,
    );
  }
  if (!product.add) out.data.fill(0);
  reserve(workspace, a, b);
  const scale = product.scale ?? 1;
  for (let col = 0; col < b.cols; col += BLOCK_COLS) {
    const colEnd = Math.min(col + BLOCK_COLS, b.cols);
    for (let depth = 0; depth < a.cols; depth += BLOCK_DEPTH) {
      const depthEnd = Math.min(depth + BLOCK_DEPTH, a.cols);
      packPanels(workspace.b, transposed(b), { start: col, end: colEnd, depth, depthEnd });
      for (let row = 0; row < a.rows; row += BLOCK_ROWS) {
        const rowEnd = Math.min(row + BLOCK_ROWS, a.rows);
        packPanels(workspace.a, a, { start: row, end: rowEnd, depth, depthEnd });
        addBlock(out, workspace, { row, rowEnd, col, colEnd, depth: depthEnd - depth, scale });
      }
    }
  }
  return out;
}

function operand(m: Matrix, transpose: boolean): Operand {
  const plain = { data: m.data, rows: m.rows, cols: m.cols, rowStride: m.cols, colStride: 1 };
  return transpose ? transposed(plain) : plain;
}

function transposed(m: Operand): Operand {
  return { data: m.data, rows: m.cols, cols: m.rows, rowStride: m.colStride, colStride: m.rowStride };
}

function reserve(workspace: GemmWorkspace, a: Operand, b: Operand): void {
  const depth = Math.min(a.cols, BLOCK_DEPTH);
  const aSize = depth * padded(Math.min(a.rows, BLOCK_ROWS));
  const bSize = depth * padded(Math.min(b.cols, BLOCK_COLS));
  if (workspace.a.length < aSize) workspace.a = new Float64Array(aSize);
  if (workspace.b.length < bSize) workspace.b = new Float64Array(bSize);
}

function padded(count: number): number {
  return Math.ceil(count / TILE) * TILE;
}

/** Rows [start, end) of m at columns [depth, depthEnd), four rows interleaved to a panel, the last padded with 0. */
function packPanels(
  panels: Float64Array,
  m: Operand,
  { start, end, depth, depthEnd }: { start: number; end: number; depth: number; depthEnd: number },
): void {
  const { data, rowStride, colStride } = m;
  let to = 0;
  for (let row = start; row < end; row += TILE) {
    const count = Math.min(TILE, end - row);
    for (let lane = 0; lane < TILE; lane++) {
      let from = (row + lane) * rowStride + depth * colStride;
      for (let k = depth, at = to + lane; k < depthEnd; k++, at += TILE, from += colStride) {
        panels[at] = lane < count ? data[from] : 0;
      }
    }
    to += TILE * (depthEnd - depth);
  }
}

interface Block {
  readonly row: number;
  readonly rowEnd: number;
  readonly col: number;
  readonly colEnd: number;
  readonly depth: number;
  readonly scale: number;
}

function addBlock(out: Matrix, { a, b, tile }: GemmWorkspace, block: Block): void {
  const { row, rowEnd, col, colEnd, depth, scale } = block;
  for (let j = col; j < colEnd; j += TILE) {
    const panelB = (j - col) * depth;
    for (let i = row; i < rowEnd; i += TILE) {
      multiplyPanels(tile, a, (i - row) * depth, b, panelB, depth);
      addTile(out, tile, { i, j, rows: Math.min(TILE, rowEnd - i), cols: Math.min(TILE, colEnd - j), scale });
    }
  }
}

function addTile(
  out: Matrix,
  tile: Float64Array,
  at: { i: number; j: number; rows: number; cols: number; scale: number },
): void {
  for (let r = 0; r < at.rows; r++) {
    const offset = (at.i + r) * out.cols + at.j;
    for (let c = 0; c < at.cols; c++) out.data[offset + c] += at.scale * tile[r * TILE + c];
  }
}

/** tile = Σ_k a_k b_kᵀ over two panels, four rows and four columns wide. */
function multiplyPanels(
  tile: Float64Array,
  a: Float64Array,
  offsetA: number,
  b: Float64Array,
  offsetB: number,
  depth: number,
): void {
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  const end = offsetA + TILE * depth;
  for (let p = offsetA, q = offsetB; p < end; p += TILE, q += TILE) {
    const a0 = a[p];
    const a1 = a[p + 1];
    const a2 = a[p + 2];
    const a3 = a[p + 3];
    const b0 = b[q];
    const b1 = b[q + 1];
    const b2 = b[q + 2];
    const b3 = b[q + 3];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c03;
  tile[4] = c10;
  tile[5] = c11;
  tile[6] = c12;
  tile[7] = c13;
  tile[8] = c20;
  tile[9] = c21;
  tile[10] = c22;
  tile[11] = c23;
  tile[12] = c30;
  tile[13] = c31;
  tile[14] = c32;
  tile[15] = c33;
}
