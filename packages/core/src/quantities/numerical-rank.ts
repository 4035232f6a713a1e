import { sum } from '../statistics/width-means.ts';
import type { GramSpectrum } from './gram-spectrum.ts';

/** Unit roundoff of float32, in which features may have been computed. */
const FLOAT32_ROUNDOFF = 2 ** -24;

/**
 * How many directions of the features over samples are no rounding, neither of the Gram nor of float32.
 *
 *     #{j : λ_j > max(floor, 16 u² Σλ)},  u = 2⁻²⁴, the usual size (4u‖X‖_F)²/n of rounding in features of float32
 *
 * @returns a number in [0, P]
 * @see docs/math.md#what-else-a-gram-shows
 */
export function numericalRank({ eigenvalues, floor }: GramSpectrum): number {
  const noise = 16 * FLOAT32_ROUNDOFF * FLOAT32_ROUNDOFF * sum([...eigenvalues]);
  return eigenvalues.filter((lambda) => lambda > Math.max(floor, noise)).length;
}
