import type { RunSpec } from '../../run/run-spec.ts';
import type { Engine } from '../engine.ts';
import { exactKernels } from './exact-kernels.ts';
import type { WasmKernels } from './wasm-kernels.ts';
import { WasmMemory } from './wasm-memory.ts';
import { WasmSession } from './wasm-session.ts';

/** The numeric versions of the `wasm` engine: of kernels that round products and sums one by one, and of those that fuse them. */
const WASM_NUMERICS = { plain: 6, fused: 7 } as const;

/**
 * Trains in float32 on SIMD kernels, and evaluates what is measured in float64: features, outputs and gradients are exact
 * for the weights that training has led to.
 *
 * @param instantiate a new instance of the kernels; a session that ends leaves its own to the next
 */
export function wasmEngine(instantiate: () => WasmKernels): Engine {
  const idle: WasmMemory[] = [];
  const { multiply, linalg } = exactKernels(instantiate);
  return {
    name: 'wasm',
    numerics: WASM_NUMERICS[instantiate().squareError(1 + 2 ** -12) === 0 ? 'plain' : 'fused'],
    precision: 'float32',
    linalg,
    open(spec: RunSpec) {
      const memory = idle.pop() ?? new WasmMemory(instantiate());
      memory.release();
      return new WasmSession(spec, memory, { multiply, ended: () => void idle.push(memory) });
    },
  };
}
