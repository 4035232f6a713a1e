import type { Matrix } from '../linalg/matrix.ts';

/**
 * Size of a layer's coordinates: the mean absolute entry.
 *
 *     Σ |h_ik| / (samples · width)
 *
 * @param h preactivations or outputs: shape [samples, width]
 * @returns a number ≥ 0
 * @see microsoft/mup, `coord_check`, which calls it l1 (docs/math.md#coordinate-size-and-update)
 */
export function coordinateSize(h: Matrix): number {
  let sum = 0;
  for (let at = 0; at < h.data.length; at++) sum += Math.abs(h.data[at]);
  return sum / h.data.length;
}

/**
 * How far a layer's coordinates have moved: the mean absolute entry of H_t − H_0.
 *
 * @param now H_t and @param initial H_0, the same samples in the same order: shape [samples, width]
 * @returns a number ≥ 0
 * @see docs/math.md#coordinate-size-and-update
 */
export function coordinateUpdate(now: Matrix, initial: Matrix): number {
  let sum = 0;
  for (let i = 0; i < now.data.length; i++) sum += Math.abs(now.data[i] - initial.data[i]);
  return sum / now.data.length;
}
