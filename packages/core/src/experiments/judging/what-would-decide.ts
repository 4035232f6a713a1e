import { GROWING_SLOPE, type Scaling, VANISHING_SLOPE } from './scaling-class.ts';

/** A verdict that needs more seeds than this wants more widths instead. */
const MOST_EXTRA_SEEDS = 100;

/** The layers of one verdict. */
type Judged = readonly (Scaling & { readonly layer: number })[];

/**
 * What leaves a verdict open, and what would decide it: seeds only where seeds can.
 *
 * @param subject what is undecided
 * @param judged every judged layer; those that are constant leave nothing open
 */
export function whatWouldDecide(subject: string, judged: Judged, seeds: number): readonly string[] {
  const open = judged.filter((each) => each.class !== 'constant');
  const missing = open.filter(({ slope }) => slope.value === null);
  if (missing.length > 0) {
    const causes = [...new Set(missing.map(({ slope }) => slope.reason))];
    return causes.map((cause) => {
      const without = missing.filter(({ slope }) => slope.reason === cause);
      return `${subject} undecided: no slope for ${layersText(without)}, ${cause}`;
    });
  }
  const turning = open.filter(({ crossover }) => crossover !== null);
  if (turning.length > 0) {
    return turning.map(
      ({ layer, crossover, agreement }) =>
        `${subject} undecided: layer ${layer} scales over these widths, predicted constant${agreement === 'approaching' ? ' and approaching it' : ''}; wider networks would tell, from about n = ${rounded(crossover!)} on`,
    );
  }
  if (open.every(({ agreement, predicted }) => agreement === 'approaching' && predicted === 0)) {
    const keep = open.length > 1 ? 'approach' : 'approaches';
    return [
      `${subject} undecided: ${layersText(open)} still ${keep} the predicted constant, so wider networks would tell`,
    ];
  }
  const extra = Math.max(...open.map((each) => extraSeeds(each, seeds)));
  return [
    extra <= MOST_EXTRA_SEEDS
      ? `${subject} undecided at these seeds: run ${extra} more`
      : `${subject} undecided in ${layersText(open)}: a wider range of widths would tell more than seeds`,
  ];
}

/** Intervals shrink like one over the square root of the number of seeds; infinite where none would decide. */
function extraSeeds({ slope, predicted, agreement }: Scaling, seeds: number): number {
  const [value, low, high] = [slope.value ?? 0, slope.low ?? 0, slope.high ?? 0];
  const half = (high - low) / 2;
  const distances =
    predicted === null || predicted === 0
      ? [Math.abs(value - VANISHING_SLOPE), Math.abs(value - GROWING_SLOPE)]
      : [Math.abs(value), Math.abs(value - predicted)];
  // What excludes both boundaries, or either 0 or the prediction.
  const needed = predicted === null || predicted === 0 ? Math.min(...distances) : Math.max(...distances);
  // Told apart already: only a claim of one of many still wants a narrower interval.
  if (half < needed) return agreement === 'consistent' ? Math.ceil(seeds / 2) : Number.POSITIVE_INFINITY;
  const shrink = half / needed;
  return Math.max(1, Math.ceil(seeds * (shrink * shrink - 1)));
}

/** `layers 2, 3`. */
export function layersText(layers: readonly { readonly layer: number }[]): string {
  return `layer${layers.length > 1 ? 's' : ''} ${layers.map(({ layer }) => layer).join(', ')}`;
}

/** Two digits. */
function rounded(width: number): number {
  return Number(width.toPrecision(2));
}
