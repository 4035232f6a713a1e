import type { Multiply } from '../../linalg/gemm.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { FLOAT64_BYTES, ROWS, type WasmMemory } from './wasm-memory.ts';

/** Products of float64 on the kernels, which copy their operands in and their result out. */
export function wasmMultiply(memory: WasmMemory): Multiply {
  return (out, { a, b, transposeA = false, transposeB = false, scale = 1, add = false }) => {
    const left = transposeA ? transposed(a) : a;
    const right = transposeB ? b : transposed(b);
    const [m, n, k] = [left.rows, right.rows, left.cols];
    if (right.cols !== k || out.rows !== m || out.cols !== n) {
      throw new RangeError(
        `wasmMultiply: expected shapes [m, k] [k, n] → [m, n], got [${m}, ${k}] [${right.cols}, ${n}] → [${out.rows}, ${out.cols}]`,
      );
    }
    const padded = ROWS * Math.ceil(m / ROWS);
    memory.release();
    const [x, w, y] = [padded * k, n * k, padded * n].map((count) => memory.take(FLOAT64_BYTES * count));
    memory.float64(x, m * k).set(left.data);
    memory.float64(w, n * k).set(right.data);
    memory.kernels.multiplyRows(m, n, k, x, w, y, scale);
    const product = memory.float64(y, m * n);
    if (!add) out.data.set(product);
    else for (let at = 0; at < product.length; at++) out.data[at] += product[at];
    return out;
  };
}

/** Blocks of so many rows and columns are read and written within a cache. */
const BLOCK = 32;

function transposed({ rows, cols, data }: Matrix): Matrix {
  const out = matrix(cols, rows);
  for (let row = 0; row < rows; row += BLOCK) {
    const rowEnd = Math.min(row + BLOCK, rows);
    for (let col = 0; col < cols; col += BLOCK) {
      const colEnd = Math.min(col + BLOCK, cols);
      for (let i = row; i < rowEnd; i++) {
        for (let j = col; j < colEnd; j++) out.data[j * rows + i] = data[i * cols + j];
      }
    }
  }
  return out;
}
