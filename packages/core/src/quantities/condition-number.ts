import type { GramSpectrum } from './gram-spectrum.ts';

/**
 * Condition number of a layer's features over samples.
 *
 *     κ(X) = σ_1 / σ_P = √(λ_1 / λ_P)
 *
 * @returns a number ≥ 1; null where λ_P is below its floor, and κ not told from ∞
 * @see docs/math.md#what-else-a-gram-shows
 */
export function conditionNumber({ eigenvalues, floor }: GramSpectrum): number | null {
  const lowest = eigenvalues.at(-1) ?? 0;
  return lowest > floor ? Math.sqrt(eigenvalues[0] / lowest) : null;
}
