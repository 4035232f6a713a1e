import type { Value } from './value.ts';

/**
 * More values in one another than a model has parts. Parts are shared: `x = [x, x]` a few dozen times over is a small
 * graph and an endless tree, and trees are what is walked.
 */
export const MAX_SIZE = 20_000;

/** How many values there are in a value, with itself, as a tree. */
export function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'list':
    case 'dict':
    case 'partial':
      return value.size ?? 1;
    case 'either':
      return value.options.reduce((sum, option) => sum + sizeOf(option), 1);
    case 'opaque':
      return value.fallback === null ? 1 : 1 + sizeOf(value.fallback);
    default:
      return 1;
  }
}

/** How many units of work it takes to find what two values have in common, beyond those that any two take. */
export function comparison(one: Value, other: Value): number {
  return sizeOf(one) + sizeOf(other) - 2;
}

/** How many parts of a value are copied or compared for a unit of work. */
const PARTS = 4;

/** How many units of work it takes to copy a value, to join it or to compare it, beyond those that any takes. */
export function copying(value: Value): number {
  return partsIn(value) / PARTS;
}

/** How much of a value is copied, joined or compared with it. */
function partsIn(value: Value): number {
  switch (value.kind) {
    case 'list':
      return value.items.length;
    case 'dict':
      return value.entries.size;
    case 'either':
      return value.options.reduce((sum, option) => sum + 1 + partsIn(option), 0);
    case 'text':
      return value.text.length / 8;
    default:
      return 0;
  }
}
