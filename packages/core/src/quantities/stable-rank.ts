import { maxAbs } from '../linalg/norms.ts';

/**
 * Stable rank: the energy of a matrix in units of its strongest direction.
 *
 *     ‖X‖²_F / ‖X‖²₂ = Σ σ_j² / σ_1²
 *
 * Barely changed by small singular values, and not a count of independent features.
 *
 * @param singularValues σ ≥ 0 in any order
 * @returns a number in [1, rank], 0 for the zero matrix
 * @see docs/math.md#stable-rank
 */
export function stableRank(singularValues: Float64Array): number {
  const largest = maxAbs(singularValues);
  if (largest === 0) return 0;
  let sum = 0;
  for (const sigma of singularValues) sum += (sigma / largest) * (sigma / largest);
  return sum;
}
