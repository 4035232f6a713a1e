import { dot } from '../linalg/dot.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { frobeniusNorm } from '../linalg/norms.ts';

/**
 * Alignment of two Grams of the same samples, not centered: whether training turned the kernel, whatever its size.
 *
 *     ⟨G_0, G_t⟩_F / (‖G_0‖_F ‖G_t‖_F)
 *
 * @returns a number in [0, 1], 1 where one is a multiple of the other; null where one is 0
 * @see docs/math.md#what-else-a-gram-shows
 */
export function kernelAlignment(initial: Matrix, now: Matrix): number | null {
  const norms = frobeniusNorm(initial) * frobeniusNorm(now);
  if (norms === 0) return null;
  return dot(initial.data, now.data) / norms;
}
