import type { RunSpec } from '../../run/run-spec.ts';
import type { Engine } from '../engine.ts';
import { exactKernels } from './exact-kernels.ts';
import { KeptNormals } from './kept-normals.ts';
import type { WasmKernels } from './wasm-kernels.ts';
import { WasmMemory } from './wasm-memory.ts';
import { WasmSession } from './wasm-session.ts';

/** The numeric versions of the `wasm` engine: of kernels that round products and sums one by one, and of those that fuse them. */
const WASM_NUMERICS = { plain: 6, fused: 8 } as const;

/**
 * Trains in float32 on SIMD kernels, and evaluates what is measured in float64: features, outputs and gradients are exact
 * for the weights that training has led to.
 *
 * @param instantiate a new instance of the kernels; a session that ends leaves its own to the next
 */
export function wasmEngine(instantiate: () => WasmKernels): Engine {
  const idle: WasmMemory[] = [];
  const exact = exactKernels(instantiate);
  const normals = new KeptNormals();
  return {
    name: 'wasm',
    numerics: WASM_NUMERICS[exact.fuses ? 'fused' : 'plain'],
    precision: 'float32',
    linalg: exact.linalg,
    open(spec: RunSpec) {
      const memory = idle.pop() ?? new WasmMemory(instantiate());
      memory.release();
      return new WasmSession(spec, memory, {
        multiply: exact.multiply,
        normals,
        ended: () => void idle.push(memory),
      });
    },
  };
}
