import type { Matrix } from '../../linalg/matrix.ts';
import { frobeniusNorm } from '../../linalg/norms.ts';
import { hasShortSide } from '../../linalg/spectral-norm.ts';
import type { WeightSize } from '../engine.ts';
import { weightSize } from '../watched-weights.ts';
import { type Look, watchedFactors } from './wasm-factors.ts';
import type { WasmLayer } from './wasm-layer.ts';
import { FLOAT32_BYTES, type WasmMemory } from './wasm-memory.ts';
import type { WasmNetwork } from './wasm-network.ts';
import { largestOf, wasmNorm } from './wasm-norm.ts';

/**
 * The sizes of the weights of a network: of large ones in float32, where they are; products of n terms are off by some n·2⁻²⁴,
 * far less than a norm is.
 *
 * @param activations x^l of the probe samples
 */
export function watchedWasmWeights(
  network: WasmNetwork,
  memory: WasmMemory,
  activations: (layer: number) => Matrix,
): () => readonly WeightSize[] {
  const watched = network.layers.map((layer) =>
    layer.factors !== null
      ? watchedFactors(layer, network, memory)
      : hasShortSide(layer.fanOut, layer.fanIn)
        ? watchedShort(layer, network)
        : watchedLarge(layer, memory),
  );
  return () => watched.map((look, index) => look(index === 0 ? undefined : () => activations(index)));
}

function watchedShort(layer: WasmLayer, network: WasmNetwork): Look {
  const initial = network.weight(layer);
  return (met) => weightSize(network.weight(layer), initial, met);
}

function watchedLarge({ w, change, fanIn, fanOut }: WasmLayer, memory: WasmMemory): Look {
  const count = fanIn * fanOut;
  const initial = memory.float32(change, count).slice();
  return (met) => {
    const mark = memory.mark();
    // All that this look takes: a view of it ends with the next.
    const update = memory.take(FLOAT32_BYTES * count);
    const { largest, squares } = subtract(initial, {
      from: memory.float32(change, count),
      to: memory.float32(update, count),
    });
    const shape = { rows: fanOut, cols: fanIn };
    const norm = wasmNorm(memory, { ...shape, a: w, most: largestOf(memory.float32(w, count)) });
    const moved = largest > 0 ? wasmNorm(memory, { ...shape, a: update, most: largest }) : 0;
    const size = Math.sqrt(squares / count);
    const aligned = met && largest > 0 ? alignedWith(met(), { update, size, fanIn, fanOut, memory }) : null;
    memory.release(mark);
    return { norm, change: moved, alignment: aligned };
  };
}

/** {@link alignment} of an update whose root mean square is `size`. */
function alignedWith(
  features: Matrix,
  {
    update,
    size,
    fanIn,
    fanOut,
    memory,
  }: {
    readonly update: number;
    readonly size: number;
    readonly fanIn: number;
    readonly fanOut: number;
    readonly memory: WasmMemory;
  },
): number {
  const { rows, data } = features;
  const met = frobeniusNorm(features) / Math.sqrt(data.length);
  const copied = data.slice();
  const [x, moved] = [fanIn, fanOut].map((length) => memory.take(FLOAT32_BYTES * rows * length));
  memory.float32(x, rows * fanIn).set(copied);
  memory.kernels.gemm(rows, fanOut, fanIn, x, fanIn, 1, update, 1, fanIn, moved, fanOut, 1, 0);
  const products = memory.float32(moved, rows * fanOut);
  let squares = 0;
  for (let at = 0; at < products.length; at++) squares += products[at] * products[at];
  return met > 0 ? Math.sqrt(squares / products.length) / (size * met) : 0;
}

function subtract(
  before: Float32Array,
  { from, to }: { readonly from: Float32Array; readonly to: Float32Array },
): { readonly largest: number; readonly squares: number } {
  let largest = 0;
  let squares = 0;
  for (let at = 0; at < to.length; at++) {
    const entry = from[at] - before[at];
    to[at] = entry;
    squares += entry * entry;
    const size = Math.abs(entry);
    if (size > largest) largest = size;
  }
  return { largest, squares };
}
