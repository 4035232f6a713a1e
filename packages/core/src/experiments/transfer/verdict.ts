import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import type { Slope } from '../../statistics/slope.ts';
import { type Deciding, decidingOf } from '../judging/deciding.ts';
import { GROWING_SLOPE, VANISHING_SLOPE } from '../judging/scaling-class.ts';
import type { CarriedLoss, RateOptimum, TransferVerdict, WiderVerdict } from './report.ts';

const FEWEST_WIDTHS = 3;
const FEWEST_SEEDS = 3;

interface Judged {
  readonly drift: Slope;
  /** What of its interval, on either side, the distance between rates makes. */
  readonly margin: number;
  readonly predicted: number | null;
  readonly optima: readonly RateOptimum[];
  readonly carried: readonly CarriedLoss[];
  readonly seeds: number;
  /** Whether rates are farther apart than those of a search that ends. */
  readonly isCut?: boolean;
}

/**
 * Whether the best rate stays where it is, by intervals alone.
 *
 *     transfers    the interval of the drift lies in (−¼, ¼), theory does not foretell a drift in it, and the rate tuned at
 *                  the smallest width trains every other
 *     drifts       it lies beyond ±¼, or on one side of 0 with a foretold drift in it
 *     undecided    else
 */
export function transferVerdict(judged: Judged): {
  readonly verdict: TransferVerdict;
  readonly reasons: readonly string[];
} {
  const { drift, carried, isCut = false } = judged;
  const missing = whatIsMissing(judged);
  if (missing.length > 0) return { verdict: 'undecided', reasons: missing };
  const [low, high] = [drift.low!, drift.high!];
  if (isDrift([low, high], judged.predicted)) return { verdict: 'drifts', reasons: [] };
  if (!isConstant([low, high], judged.predicted)) {
    const narrower = isCut ? 'a search that is not ended early narrows it' : decidesText(whatDecides(judged));
    return { verdict: 'undecided', reasons: [`the interval of the drift holds both: ${narrower}`] };
  }
  const untried = carried.filter(({ state }) => state === 'open').map(({ width }) => width);
  if (untried.length > 0) {
    const reason = `the rate tuned at width ${carried[0].width} was not tried at ${widthsText(untried)}`;
    return { verdict: 'undecided', reasons: [reason] };
  }
  const lost = carried.filter(({ state }) => state === 'diverged').map(({ width }) => width);
  if (lost.length === 0) return { verdict: 'transfers', reasons: [] };
  return {
    verdict: 'undecided',
    reasons: [`the rate tuned at width ${carried[0].width} diverges at ${widthsText(lost)}`],
  };
}

type Interval = readonly [low: number, high: number];

function isDrift([low, high]: Interval, predicted: number | null): boolean {
  if (high < VANISHING_SLOPE || low > GROWING_SLOPE) return true;
  return foretells(predicted) && (high < 0 || low > 0) && low <= predicted! && predicted! <= high;
}

function isConstant([low, high]: Interval, predicted: number | null): boolean {
  if (!(low > VANISHING_SLOPE && high < GROWING_SLOPE)) return false;
  return !foretells(predicted) || (low <= 0 && high >= 0 && (predicted! < low || predicted! > high));
}

/** What makes the interval so narrow that it lies on one side of ±¼, or of 0 where theory foretells a drift to that side. */
function whatDecides({ drift, margin, predicted, optima, seeds }: Judged): Deciding | null {
  const [value, low, high] = [drift.value!, drift.low!, drift.high!];
  const isForetold = foretells(predicted) && Math.sign(predicted!) === Math.sign(value);
  const wanted = Math.max(Math.abs(Math.abs(value) - GROWING_SLOPE), isForetold ? Math.abs(value) : 0);
  const widths = optima.map(({ width }) => width);
  return decidingOf({ half: (high - low) / 2 - margin, fixed: margin, wanted, widths, seeds });
}

function decidesText(by: Deciding | null): string {
  if (by === null) return 'neither seeds nor widths that could be run would decide';
  return by.kind === 'seeds'
    ? `about ${by.seeds} seeds should decide`
    : `widths up to about ${by.width} should decide`;
}

function foretells(predicted: number | null): boolean {
  return predicted !== null && Math.abs(predicted) > EXPONENT_TOLERANCE;
}

const WITHOUT: Readonly<Record<Exclude<RateOptimum['state'], 'found'>, string>> = {
  'at-edge': 'the best rate lies beyond the grid',
  diverged: 'every rate diverges',
  untrained: 'no rate lowers the loss',
  open: 'the search has not ended',
};

function whatIsMissing({ optima, seeds, drift }: Judged): readonly string[] {
  const states = ['at-edge', 'diverged', 'untrained', 'open'] as const;
  const reasons = [
    ...states.flatMap((state) => {
      const widths = optima.filter((each) => each.state === state).map(({ width }) => width);
      return widths.length === 0 ? [] : [`${WITHOUT[state]} at ${widthsText(widths)}`];
    }),
    ...zeroReasons(optima),
    ...(optima.length < FEWEST_WIDTHS ? [`fewer than ${FEWEST_WIDTHS} widths`] : []),
    ...(seeds < FEWEST_SEEDS ? [`fewer than ${FEWEST_SEEDS} seeds`] : []),
  ];
  return reasons.length > 0 || drift.low !== null ? reasons : [drift.reason ?? 'there is no slope'];
}

/** Rates that leave nothing of the loss are all as good. */
function zeroReasons(optima: readonly RateOptimum[]): readonly string[] {
  const widths = optima.filter(({ loss }) => loss === 0).map(({ width }) => width);
  if (widths.length === 0) return [];
  return [
    `the loss falls to 0 at ${widthsText(widths)}, where no rate is best: take fewer steps, or data that are harder to fit`,
  ];
}

function widthsText(widths: readonly number[]): string {
  return `width${widths.length > 1 ? 's' : ''} ${widths.join(', ')}`;
}

/** Whether wider is better at the tuned rate; a width at which it diverges is worse than any. */
export function widerVerdict(slope: Slope, carried: readonly CarriedLoss[]): WiderVerdict {
  if (carried.some(({ state }) => state === 'diverged')) return 'worse';
  if (slope.low === null || slope.high === null) return 'undecided';
  const losses = carried.map(({ loss }) => loss ?? Number.NaN);
  const falls = losses.every((loss, index) => index === 0 || loss < losses[index - 1]);
  if (slope.high < 0) return falls ? 'better' : 'undecided';
  return slope.low > 0 ? 'worse' : 'undecided';
}
