import type { Matrix } from '../linalg/matrix.ts';
import { frobeniusDistance, frobeniusNorm } from '../linalg/norms.ts';

/**
 * How far a layer's preactivations have moved, relative to where they began.
 *
 *     ‖H_t − H_0‖_F / ‖H_0‖_F
 *
 * @param now H_t and @param initial H_0, the same samples in the same order: shape [samples, width]
 * @returns a number ≥ 0; 0 where nothing moved, ∞ where H_0 = 0 and something did
 * @see docs/math.md#movement
 */
export function movement(now: Matrix, initial: Matrix): number {
  const distance = frobeniusDistance(now, initial);
  return distance === 0 ? 0 : distance / frobeniusNorm(initial);
}
