/**
 * Effective rank: the exponential of the entropy of the singular values, normalized to sum 1.
 *
 *     p_j = σ_j / Σσ        erank = exp(−Σ p_j log p_j)
 *
 * @param singularValues σ ≥ 0 in any order; not the eigenvalues σ²/n of the Gram
 * @returns a number in [1, σ.length], 0 for the zero matrix
 * @see Roy & Vetterli 2007, "The effective rank: a measure of effective dimensionality" (docs/math.md#effective-rank)
 */
export function effectiveRank(singularValues: Float64Array): number {
  let total = 0;
  for (const sigma of singularValues) total += sigma;
  if (total === 0) return 0;

  let entropy = 0;
  for (const sigma of singularValues) {
    const share = sigma / total;
    if (share > 0) entropy -= share * Math.log(share); // p log p → 0 as p → 0
  }
  return Math.exp(entropy);
}
