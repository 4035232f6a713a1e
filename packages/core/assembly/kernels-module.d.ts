import type { WasmKernels } from '@widthwise/core';

/** `fused` multiplies and adds float32 with one rounding, in instructions that not every machine has. */
export type KernelVariant = 'plain' | 'fused';

/** Whether this machine runs the fused kernels, and fuses. */
export function fusesHere(): boolean;

/**
 * A new instance of the compiled kernels, with memory of its own; by default fused where this machine fuses. What they are
 * compiled to is made by `npm run build`.
 */
export function instantiateKernels(variant?: KernelVariant): WasmKernels;
