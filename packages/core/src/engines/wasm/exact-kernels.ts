import type { Multiply } from '../../linalg/gemm.ts';
import type { Linalg } from '../../linalg/linalg.ts';
import type { WasmKernels } from './wasm-kernels.ts';
import { wasmLinalg } from './wasm-linalg.ts';
import { WasmMemory } from './wasm-memory.ts';
import { wasmMultiply } from './wasm-multiply.ts';

/** Products and spectra of float64, for whoever measures. */
export interface ExactKernels {
  readonly multiply: Multiply;
  readonly linalg: Linalg;
}

/** On an instance of the kernels that is made once it is needed. */
export function exactKernels(instantiate: () => WasmKernels): ExactKernels {
  let made: WasmMemory | undefined;
  const memory = (): WasmMemory => {
    made ??= new WasmMemory(instantiate());
    return made;
  };
  return { multiply: (out, product) => wasmMultiply(memory())(out, product), linalg: wasmLinalg(memory) };
}
