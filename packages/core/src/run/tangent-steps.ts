/** Up to so many sample–output pairs a kernel is taken at every probed step. */
const EVERY_STEP_PAIRS = 128;
/** Up to so many it is taken at all: its eigenvalues cost their cube. */
const MOST_PAIRS = 1024;
/** How many kernels of larger batches are taken. */
const FEW = 5;

/**
 * The probed steps at which the tangent kernel is taken: all, of a small batch; five, with the first and the last, of a
 * larger one; none of one that is too large.
 *
 * @param probed ascending
 * @param pairs samples · outputs: rows of the kernel
 */
export function tangentSteps(probed: readonly number[], pairs: number): readonly number[] {
  if (pairs > MOST_PAIRS) return [];
  if (pairs <= EVERY_STEP_PAIRS || probed.length <= FEW) return probed;
  return Array.from(
    { length: FEW },
    (_, index) => probed[Math.round((index * (probed.length - 1)) / (FEW - 1))],
  );
}
