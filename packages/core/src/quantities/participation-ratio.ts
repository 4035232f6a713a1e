/**
 * Participation ratio of a Gram's eigenvalues: over how many directions features are spread, not centered.
 *
 *     (Σλ)² / Σλ²
 *
 * @param eigenvalues in any order; rounding may leave small negative ones
 * @returns a number in [1, P], 0 for the zero matrix
 * @see docs/math.md#what-else-a-gram-shows
 */
export function participationRatio(eigenvalues: Float64Array): number {
  let [total, squares] = [0, 0];
  for (const lambda of eigenvalues) {
    total += lambda;
    squares += lambda * lambda;
  }
  return squares === 0 ? 0 : (total * total) / squares;
}
