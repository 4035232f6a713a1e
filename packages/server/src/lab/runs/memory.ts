import process from 'node:process';
import type { PlanCost } from '@widthwise/core';
import { InputError } from '../../input/input-error.ts';

/** Addresses of WebAssembly have 32 bits. */
const WASM_LIMIT = 2 ** 32;

/** Refuses a widest network that does not fit in what is free now, or in what its engine can address. */
export function requireMemory(
  width: number,
  { peakBytes, peakWasmBytes }: Pick<PlanCost, 'peakBytes' | 'peakWasmBytes'>,
  free: number = process.availableMemory(),
): void {
  if (peakBytes > free)
    throw new InputError(
      'widths',
      `a run at width ${width} needs ${gibibytes(peakBytes)} GiB of memory, and ${gibibytes(free)} GiB are free`,
    );
  if (peakWasmBytes > WASM_LIMIT)
    throw new InputError(
      'widths',
      `a run at width ${width} needs ${gibibytes(peakWasmBytes)} GiB in the memory of WebAssembly, which ends at 4 GiB: --engine onnx or reference has more`,
    );
}

/** As many workers as fit in memory with their networks, at least one. */
export function workersThatFit(
  workers: number,
  bytes: number,
  free: number = process.availableMemory(),
): number {
  return Math.max(1, Math.min(workers, Math.floor(free / bytes)));
}

function gibibytes(bytes: number): string {
  const value = bytes / 2 ** 30;
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-US');
}
