import { halfSlopes, intervalOf } from '../../statistics/contrast.ts';
import { slopeOf } from '../../statistics/log-log-slope.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import { studentT, TAIL_95 } from '../../statistics/student-t.ts';
import { logMeans, type MeasuredPoint } from '../../statistics/width-means.ts';
import type { CoordinateVerdict } from './report.ts';
import {
  divergenceVerdict,
  FEWEST_SEEDS,
  FEWEST_WIDTHS,
  PASSING_SLOPE,
  slopeVerdict,
  worstVerdict,
} from './verdict.ts';

/** One run, as far as it tells whether a step was reached. */
export interface CheckedRun {
  readonly width: number;
  readonly divergedAt: number | null;
}

/** What one run measured at one place of a network at one step; null where it has no such value. */
export interface PlaceRun extends CheckedRun {
  readonly size: number | null;
  /** Since step 0; null there, too. */
  readonly update: number | null;
  /** An update below it is rounding. */
  readonly floor: number | null;
}

/** What is right at a place at a step. */
export interface PlaceQuestion {
  readonly step: number;
  readonly steps: number;
  /** What may fall as fast as it likes. */
  readonly mayVanish: { readonly size: boolean; readonly update: boolean };
  /** How many widths and seeds were asked for. */
  readonly widths: number;
  readonly seeds: number;
  /** Whether what levels off is judged over the upper half of the widths. */
  readonly upperHalf?: boolean;
  /** What the intervals leave out on either side. */
  readonly tail?: number;
}

/** How the coordinates of one place at one step scale with width. */
export interface JudgedPlace {
  readonly size: Slope;
  /** Null at step 0. */
  readonly update: Slope | null;
  /** What each says; null without an update. */
  readonly verdicts: { readonly size: CoordinateVerdict; readonly update: CoordinateVerdict | null };
  /** The worse of them. */
  readonly verdict: CoordinateVerdict;
  /** What is judged in their place where they level off: slopes over the upper half of the widths. */
  readonly upper: { readonly size: Slope | null; readonly update: Slope | null };
}

/** Slopes of one place over all runs, and the verdict on them: the one rule of every coordinate check. */
export function judgePlace(runs: readonly PlaceRun[], question: PlaceQuestion): JudgedPlace {
  const { step, upperHalf = false, tail = TAIL_95 } = question;
  const points = { size: pointsOf(runs, 'size'), update: pointsOf(runs, 'update') };
  const size = slopeAt(runs, step, points.size, tail);
  const update = step === 0 ? null : slopeAt(runs, step, points.update, tail);
  const half = (what: 'size' | 'update', slope: Slope | null): Slope | null =>
    upperHalf && Math.abs(slope?.value ?? 0) > PASSING_SLOPE ? upperSlope(points[what], tail) : null;
  const upper = { size: half('size', size), update: half('update', update) };
  const judged = { size: upper.size ?? size, update: upper.update ?? update };
  const verdicts = verdictsOf(runs, judged, question);
  const verdict = worstVerdict([verdicts.size, verdicts.update ?? 'pass']);
  return { size, update, verdicts, verdict, upper };
}

/** How many slopes one fails of by chance: a size and an update a place, which at all steps are made of the same starts and batches, and err alike. */
export function slopesOf(places: number): number {
  return 2 * places;
}

/**
 * The same with intervals that leave out so much less as one of so many slopes may by chance: what fails then, or because
 * runs diverge, fails beyond chance.
 */
export function judgeBeyondChance(
  runs: readonly PlaceRun[],
  question: PlaceQuestion,
  slopes: number,
): JudgedPlace {
  return judgePlace(runs, { ...question, tail: TAIL_95 / slopes });
}

/**
 * The slope over the upper half of the widths of what levels off: its bend from the lower half on goes towards 0 beyond
 * doubt, and no further. What holds as n → ∞ shows there first; null of what does not level off.
 */
function upperSlope(points: readonly MeasuredPoint[], tail: number): Slope | null {
  const means = logMeans(points);
  if ('reason' in means) return null;
  const halves = halfSlopes(means);
  if (halves === null) return null;
  const { lower, upper, bend } = halves;
  const towards = -Math.sign(lower.value);
  const t = studentT(means.degrees);
  if (!(towards * bend.value > t * bend.standardError)) return null;
  if (towards * upper.value > t * upper.standardError) return null;
  const [low, high] = intervalOf(upper, tail);
  return { value: upper.value, low, high };
}

/**
 * A slope of what runs measured at a step; none where a run did not reach it.
 *
 * @param tail what its interval leaves out on either side
 */
export function slopeAt(
  runs: readonly CheckedRun[],
  step: number,
  points: readonly MeasuredPoint[],
  tail: number = TAIL_95,
): Slope {
  const [lost] = lostRuns(runs, step);
  if (lost === undefined) return slopeOf(logMeans(points), tail);
  return noSlope(`a run of width ${lost.width} diverged by step ${step}`);
}

function pointsOf(runs: readonly PlaceRun[], what: 'size' | 'update'): readonly MeasuredPoint[] {
  return runs.flatMap(({ width, floor, [what]: value }) =>
    value === null ? [] : [{ width, value, floor: what === 'update' ? floor : null }],
  );
}

function verdictsOf(
  runs: readonly PlaceRun[],
  { size, update }: Pick<JudgedPlace, 'size' | 'update'>,
  { step, steps, mayVanish, widths, seeds }: PlaceQuestion,
): JudgedPlace['verdicts'] {
  const both = (verdict: CoordinateVerdict) => ({ size: verdict, update: update && verdict });
  if (widths < FEWEST_WIDTHS || seeds < FEWEST_SEEDS) return both('undecided');
  if (lostRuns(runs, step).length > 0) return both(divergenceVerdict(divergedShares(runs, step)));
  // A readout that starts at 0 has no output at first, and gives hidden layers nothing to follow in the first update.
  const nothingYet = (what: 'size' | 'update') => step < steps && runs.every((run) => run[what] === 0);
  return {
    size: nothingYet('size') ? 'pass' : slopeVerdict(size, mayVanish.size),
    update: update && (nothingYet('update') ? 'pass' : slopeVerdict(update, mayVanish.update)),
  };
}

/** The runs that had diverged by a step. */
function lostRuns(runs: readonly CheckedRun[], step: number): readonly CheckedRun[] {
  return runs.filter(({ divergedAt }) => divergedAt !== null && divergedAt <= step);
}

/** By ascending width. */
function divergedShares(runs: readonly CheckedRun[], step: number): readonly number[] {
  const lost = lostRuns(runs, step);
  const widths = [...new Set(runs.map(({ width }) => width))].sort((left, right) => left - right);
  const runsOf = (of: readonly CheckedRun[], width: number) => of.filter((run) => run.width === width).length;
  return widths.map((width) => runsOf(lost, width) / runsOf(runs, width));
}
