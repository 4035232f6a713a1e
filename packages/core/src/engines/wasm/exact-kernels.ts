import type { Multiply } from '../../linalg/gemm.ts';
import type { Linalg } from '../../linalg/linalg.ts';
import type { DrawNormals } from '../../random/normal.ts';
import type { WasmKernels } from './wasm-kernels.ts';
import { wasmLinalg } from './wasm-linalg.ts';
import { WasmMemory } from './wasm-memory.ts';
import { wasmMultiply } from './wasm-multiply.ts';
import { wasmNormals } from './wasm-normals.ts';

/** Draws, products and spectra of float64, for whoever begins and measures. */
export interface ExactKernels {
  readonly multiply: Multiply;
  readonly linalg: Linalg;
  readonly drawNormals: DrawNormals;
  /** Whether products are rounded together with their sums: other last digits. */
  readonly fuses: boolean;
}

/** Whether the kernels round a·b + c once, as the processor they run on does or not. */
function fuses({ squareError }: Pick<WasmKernels, 'squareError'>): boolean {
  return squareError(1 + 2 ** -12) !== 0;
}

/** On an instance of the kernels that is made once it is needed. */
export function exactKernels(instantiate: () => WasmKernels): ExactKernels {
  let made: WasmMemory | undefined;
  const memory = (): WasmMemory => {
    made ??= new WasmMemory(instantiate());
    return made;
  };
  return {
    multiply: (out, product) => wasmMultiply(memory())(out, product),
    linalg: wasmLinalg(memory),
    drawNormals: (draw) => wasmNormals(memory(), draw),
    get fuses() {
      return fuses(memory().kernels);
    },
  };
}
