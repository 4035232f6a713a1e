import type { WasmKernels } from '@widthwise/core';

/** A new instance of the compiled kernels, with memory of its own. What they are compiled to is made by `npm run build`. */
export function instantiateKernels(): WasmKernels;
