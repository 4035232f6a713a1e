import { dot } from '../../linalg/dot.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { frobeniusNorm } from '../../linalg/norms.ts';
import { pivotedCholesky } from '../../linalg/pivoted-cholesky.ts';
import { topSingular } from '../../linalg/top-singular.ts';
import type { WeightSize } from '../engine.ts';
import type { WasmFactors, WasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, FLOAT64_BYTES, ROWS, type WasmMemory } from './wasm-memory.ts';
import type { WasmNetwork } from './wasm-network.ts';
import { largestOf, wasmNorm } from './wasm-norm.ts';

/** @param met the features that the weight meets, one sample a row */
export type Look = (met: (() => Matrix) | undefined) => WeightSize;

/** The sizes of a weight whose change stays in factors: of the change from the Grams of its factors, in float64. */
export function watchedFactors(layer: WasmLayer, network: WasmNetwork, memory: WasmMemory): Look {
  const { start, factors, fanIn, fanOut } = layer;
  if (factors === null) throw new TypeError('watchedFactors: expected factors, got all entries');
  const begun = memory.float32(factors.left, network.rank * fanOut).slice();
  return (met) => {
    const { rank } = network;
    const entries = memory.float32(start, fanIn * fanOut);
    const norm = wasmNorm(memory, {
      ...{ rows: fanOut, cols: fanIn, a: start, most: largestOf(entries) },
      added: { ...factors, rank },
    });
    if (rank === 0) return { norm, change: 0, alignment: null };
    const mark = memory.mark();
    const since = {
      rank,
      fanIn,
      fanOut,
      right: factors.right,
      left: memory.take(FLOAT32_BYTES * rank * fanOut),
    };
    const left = memory.float32(since.left, rank * fanOut);
    left.set(memory.float32(factors.left, rank * fanOut));
    for (let at = 0; at < begun.length; at++) left[at] -= begun[at];
    const { change, size } = sizesOf(memory, since);
    const aligned = change > 0 && met !== undefined ? alignedWith(memory, met(), { ...since, size }) : null;
    memory.release(mark);
    return { norm, change, alignment: aligned };
  };
}

interface Change extends WasmFactors {
  readonly rank: number;
  readonly fanIn: number;
  readonly fanOut: number;
}

/**
 * ‖LᵀR‖₂ and the root mean square of its entries, given K_L = LLᵀ and K_R = RRᵀ = FFᵀ.
 *
 *     ‖LᵀR‖₂² = λ_max(FᵀK_L F)        ‖LᵀR‖_F² = Σ K_L ∘ K_R
 */
function sizesOf(
  memory: WasmMemory,
  { left, right, rank, fanIn, fanOut }: Change,
): { readonly change: number; readonly size: number } {
  const gramLeft = gramOf(memory, left, { rank, length: fanOut });
  const gramRight = gramOf(memory, right, { rank, length: fanIn });
  const columns = pivotedCholesky(gramRight);
  const squares = dot(gramLeft.data, gramRight.data);
  const change = columns.length === 0 ? 0 : topSingular(columns.length, (v) => between(columns, gramLeft, v));
  return { change, size: Math.sqrt(Math.max(0, squares) / (fanIn * fanOut)) };
}

/** Fᵀ(K(F v)). */
function between(columns: readonly Float64Array[], { rows, data }: Matrix, v: Float64Array): Float64Array {
  const image = new Float64Array(rows);
  for (const [at, column] of columns.entries()) for (let i = 0; i < rows; i++) image[i] += v[at] * column[i];
  const moved = Float64Array.from({ length: rows }, (_, i) =>
    dot(data.subarray(i * rows, (i + 1) * rows), image),
  );
  return Float64Array.from(columns, (column) => dot(column, moved));
}

/** A Aᵀ of the rows of a factor, in float64. */
function gramOf(
  memory: WasmMemory,
  a: number,
  { rank, length }: { readonly rank: number; readonly length: number },
): Matrix {
  const mark = memory.mark();
  const rows = ROWS * Math.ceil(rank / ROWS);
  const [x, gram] = [rows * length, rows * rank].map((count) => memory.take(FLOAT64_BYTES * count));
  memory.float64(x, rank * length).set(memory.float32(a, rank * length));
  memory.kernels.lowerGram(rank, length, x, gram, 1);
  const lower = memory.float64(gram, rank * rank);
  const out = matrix(rank, rank);
  for (let i = 0; i < rank; i++)
    for (let j = 0; j <= i; j++) out.data[i * rank + j] = out.data[j * rank + i] = lower[i * rank + j];
  memory.release(mark);
  return out;
}

/** {@link alignment} of a change whose root mean square is `size`. */
function alignedWith(
  memory: WasmMemory,
  features: Matrix,
  { left, right, rank, fanIn, fanOut, size }: Change & { readonly size: number },
): number {
  const { rows, data } = features;
  const met = frobeniusNorm(features) / Math.sqrt(data.length);
  const [x, inner, moved] = [fanIn, rank, fanOut].map((length) => memory.take(FLOAT32_BYTES * rows * length));
  memory.float32(x, rows * fanIn).set(data);
  memory.kernels.gemm(rows, rank, fanIn, x, fanIn, 1, right, 1, fanIn, inner, rank, 1, 0);
  memory.kernels.gemm(rows, fanOut, rank, inner, rank, 1, left, fanOut, 1, moved, fanOut, 1, 0);
  const products = memory.float32(moved, rows * fanOut);
  let squares = 0;
  for (let at = 0; at < products.length; at++) squares += products[at] * products[at];
  return met > 0 && size > 0 ? Math.sqrt(squares / products.length) / (size * met) : 0;
}
