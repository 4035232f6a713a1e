import process from 'node:process';
import { InputError } from '../../input/input-error.ts';

/** Refuses a widest network that does not fit in what is free now. */
export function requireMemory(width: number, bytes: number, free: number = process.availableMemory()): void {
  if (bytes <= free) return;
  throw new InputError(
    'widths',
    `a run at width ${width} needs ${gibibytes(bytes)} GiB of memory, and ${gibibytes(free)} GiB are free`,
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
