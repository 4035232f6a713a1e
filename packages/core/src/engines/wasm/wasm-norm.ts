import { topSingular } from '../../linalg/top-singular.ts';
import type { WasmFactors } from './wasm-layer.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';

/** 1/f of a product stays a float32 for every entry that is one. */
const LARGEST_FACTOR = 2 ** 126;

/** A float32 matrix A [rows, cols], or A + LᵀR with so many rows of factors. */
export interface Operand {
  readonly rows: number;
  readonly cols: number;
  readonly a: number;
  /** The largest |entry| of A. */
  readonly most: number;
  readonly added?: WasmFactors & { readonly rank: number };
}

/** ‖A‖₂ as {@link topSingular} has it, of products in float32. */
export function wasmNorm(memory: WasmMemory, operand: Operand): number {
  const { rows, cols, a, most, added } = operand;
  const mark = memory.mark();
  const [v, y, out, inner] = [cols, rows, cols, added?.rank ?? 0].map((length) =>
    memory.take(FLOAT32_BYTES * length),
  );
  const factor = Math.fround(Math.min(1 / most, LARGEST_FACTOR));
  const { kernels } = memory;
  const norm = topSingular(cols, (vector) => {
    memory.float32(v, cols).set(vector);
    memory.float32(y, rows).fill(0);
    if (added !== undefined) {
      const { left, right, rank } = added;
      memory.float32(inner, rank).fill(0);
      kernels.addProducts(rank, cols, right, v, inner, 1);
      kernels.addTransposed(rank, rows, left, inner, y);
    }
    kernels.gramTimes(rows, cols, a, v, y, out, factor);
    if (added !== undefined) {
      const { left, right, rank } = added;
      memory.float32(inner, rank).fill(0);
      kernels.addProducts(rank, rows, left, y, inner, 1);
      kernels.addTransposed(rank, cols, right, inner, out);
    }
    const image = new Float64Array(memory.float32(out, cols));
    for (let at = 0; at < cols; at++) image[at] /= factor;
    return image;
  });
  memory.release(mark);
  return norm;
}

/** The largest |entry|. */
export function largestOf(values: Float32Array): number {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    const size = Math.abs(values[at]);
    if (size > largest) largest = size;
  }
  return largest;
}
