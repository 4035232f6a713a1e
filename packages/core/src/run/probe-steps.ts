/** How many steps of a long run are probed. */
const PROBES = 20;

/**
 * The steps of a run whose features are measured: all of 0 … T up to T = 20, else 20 evenly spaced ones.
 *
 * @param steps T ≥ 0
 * @returns ascending, with 0 and T
 */
export function probeSteps(steps: number): readonly number[] {
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new RangeError(`probeSteps: expected an integer ≥ 0, got ${steps}`);
  }
  if (steps <= PROBES) return Array.from({ length: steps + 1 }, (_, step) => step);
  return Array.from({ length: PROBES }, (_, i) => Math.round((i * steps) / (PROBES - 1)));
}
