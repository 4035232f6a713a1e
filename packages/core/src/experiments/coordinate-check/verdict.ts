import type { Slope } from '../../statistics/slope.ts';
import type { CoordinateVerdict } from './report.ts';

/** A slope this close to 0 is that of a coordinate that keeps its size. */
export const PASSING_SLOPE = 0.1;
/** One beyond this is that of a coordinate that blows up or vanishes. */
export const FAILING_SLOPE = 0.2;

/** Intervals of fewer say too little. */
export const FEWEST_WIDTHS = 3;
export const FEWEST_SEEDS = 3;

/**
 * The verdict on one slope.
 *
 *     |slope| ≤ 0.1: pass        ≤ 0.2: warn        else: fail
 *     undecided where the interval holds both a passing and a failing slope, and where there is none
 *
 * @param mayVanish for what may fall as fast as it likes: then only growth counts
 * @see docs/math.md#coordinate-check
 */
export function slopeVerdict({ value, low, high }: Slope, mayVanish = false): CoordinateVerdict {
  if (value === null || low === null || high === null) return 'undecided';
  const size = (slope: number) => (mayVanish ? slope : Math.abs(slope));
  const holdsZero = low <= 0 && high >= 0;
  const least = holdsZero ? 0 : Math.min(size(low), size(high));
  const most = Math.max(size(low), size(high));
  if (least <= PASSING_SLOPE && most > FAILING_SLOPE) return 'undecided';
  if (size(value) <= PASSING_SLOPE) return 'pass';
  return size(value) <= FAILING_SLOPE ? 'warn' : 'fail';
}

/**
 * The verdict on a slope beside the one that theory foretells: one that is small enough to pass, differs from 0 beyond doubt
 * and is what theory has is a drift that goes on however wide the network, and close at best.
 */
export function besideTheory(
  verdict: CoordinateVerdict,
  { low, high }: Slope,
  predicted: number | null,
): CoordinateVerdict {
  if (verdict !== 'pass' || predicted === null || low === null || high === null) return verdict;
  const differs = low > 0 || high < 0;
  return differs && low <= predicted && predicted <= high ? 'warn' : verdict;
}

interface LayerPlace {
  readonly layer: number;
  readonly step: number;
}

interface CheckedNet {
  readonly depth: number;
  readonly steps: number;
}

/**
 * What of a layer may vanish at a step. The output may start as small as it likes, as under μP, and takes its first updates
 * from what it starts as: whether it vanishes is judged by its last update; it may not grow at any step.
 */
export function mayVanish(
  { layer, step }: LayerPlace,
  { depth, steps }: CheckedNet,
): { readonly size: boolean; readonly update: boolean } {
  const isOutput = layer > depth;
  return { size: isOutput, update: isOutput && step < steps };
}

/** The verdicts on size and update of a layer at a step. */
export function layerVerdicts(
  { size, update, ...place }: LayerPlace & { readonly size: Slope; readonly update: Slope | null },
  net: CheckedNet,
): { readonly size: CoordinateVerdict; readonly update: CoordinateVerdict | null } {
  const vanish = mayVanish(place, net);
  return { size: slopeVerdict(size, vanish.size), update: update && slopeVerdict(update, vanish.update) };
}

/** From the best to the worst: an open question may hide a failure, a warning does not. */
const BY_BADNESS: readonly CoordinateVerdict[] = ['pass', 'warn', 'undecided', 'fail'];

/** The worst of them; pass if there is none. */
export function worstVerdict(verdicts: readonly CoordinateVerdict[]): CoordinateVerdict {
  return BY_BADNESS[Math.max(0, ...verdicts.map((verdict) => BY_BADNESS.indexOf(verdict)))];
}

/**
 * The verdict on a step that some runs did not reach. Divergence that sets in as width grows is a blow-up; divergence
 * at every width says that η is too large for any.
 *
 * @param shares of the runs that had diverged by then, by ascending width
 */
export function divergenceVerdict(shares: readonly number[]): CoordinateVerdict {
  const rises = shares.every((share, index) => index === 0 || share >= shares[index - 1]);
  return rises && shares[shares.length - 1] - shares[0] >= 1 / 2 ? 'fail' : 'undecided';
}
