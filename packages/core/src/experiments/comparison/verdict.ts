import type { Slope } from '../../statistics/slope.ts';
import type { ComparisonRow, ComparisonSlopes, ComparisonVerdict, Divergence } from './report.ts';

/** Halfway between a quantity that keeps its size (slope 0) and the laziest power that theory knows (−½). */
export const VANISHING_SLOPE: number = -1 / 4;
/** As far on the other side. */
export const GROWING_SLOPE: number = 1 / 4;
/** A verdict that needs more seeds than this wants more widths instead. */
const MOST_EXTRA_SEEDS = 100;

/** Whether a quantity keeps its size in every judged layer; null with the reasons why that is open. */
interface Decision {
  readonly keeps: boolean | null;
  readonly reasons: readonly string[];
}

/** The hidden layers that are judged, 1-based: all but the first, whose preactivations are linear in the input. */
export function judgedLayers(depth: number): readonly number[] {
  return depth === 1 ? [1] : Array.from({ length: depth - 1 }, (_, index) => index + 2);
}

/**
 * The verdict on one parametrization from its measured slopes; nothing here knows its name.
 *
 *     feature learning   every movement slope has low > −¼: true     some has high < −¼: false
 *     richness           every λ_min slope has low > −¼: rich        some has high < −¼: low
 *     stable             false where runs diverge at some width, or the output's change has a slope with low > +¼
 *
 * @param rows of one parametrization
 * @param seeds how many seeds were run, to say how many more would decide
 * @see docs/math.md#slopes-and-verdicts
 */
export function comparisonVerdict(
  rows: readonly ComparisonRow[],
  slopes: ComparisonSlopes,
  seeds: number,
): ComparisonVerdict {
  const layers = judgedLayers(slopes.movement.length);
  const divergence = findDivergence(rows);
  const stability = stable(divergence, slopes.outputChange);
  if (divergence?.everywhere) {
    return {
      stable: false,
      featureLearning: null,
      richness: null,
      divergence,
      growing: [],
      reasons: stability.reasons,
    };
  }

  const growing = layers.filter((layer) => exceeds(slopes.movement[layer - 1].low, GROWING_SLOPE));
  const moves = decide('feature learning', slopes.movement, layers, seeds);
  const rich = decide('richness', slopes.lambdaMin, layers, seeds);
  return {
    stable: stability.keeps,
    featureLearning: moves.keeps,
    richness: rich.keeps === null ? null : rich.keeps ? 'rich' : 'low',
    divergence,
    growing,
    reasons: [
      ...stability.reasons,
      ...growing.map((layer) => `the movement of layer ${layer} grows with width`),
      ...moves.reasons,
      ...rich.reasons,
    ],
  };
}

function decide(
  subject: string,
  slopes: readonly Slope[],
  layers: readonly number[],
  seeds: number,
): Decision {
  const judged = layers.map((layer) => ({ layer, ...slopes[layer - 1] }));
  if (judged.some(({ high }) => exceeds(VANISHING_SLOPE, high))) return { keeps: false, reasons: [] };
  const open = judged.filter(({ low }) => !exceeds(low, VANISHING_SLOPE));
  if (open.length === 0) return { keeps: true, reasons: [] };

  const missing = open.filter(({ value }) => value === null);
  if (missing.length === 0) return { keeps: null, reasons: [howToDecide(subject, open, seeds)] };
  const causes = [...new Set(missing.map(({ reason }) => reason))];
  return {
    keeps: null,
    reasons: causes.map((cause) => {
      const without = missing.filter(({ reason }) => reason === cause).map(({ layer }) => layer);
      return `${subject} undecided: no slope for layer${without.length > 1 ? 's' : ''} ${without.join(', ')}, ${cause}`;
    }),
  };
}

/** Intervals shrink like one over the square root of the number of seeds. */
function howToDecide(subject: string, open: readonly Slope[], seeds: number): string {
  const extra = open.map(({ value, low, high }) => {
    const shrink = ((high ?? 0) - (low ?? 0)) / 2 / Math.abs((value ?? 0) - VANISHING_SLOPE);
    return Math.max(1, Math.ceil(seeds * (shrink * shrink - 1)));
  });
  const most = Math.max(...extra);
  return most <= MOST_EXTRA_SEEDS
    ? `${subject} undecided at these seeds: run ${most} more`
    : `${subject} undecided: a slope lies at the boundary of −¼, and a wider range of widths would tell more than seeds`;
}

function stable(divergence: Divergence | null, outputChange: Slope): Decision {
  if (divergence !== null) return { keeps: false, reasons: [divergenceClause(divergence)] };
  if (outputChange.low === null) {
    return {
      keeps: null,
      reasons: [`stability undecided: no slope for the output's change, ${outputChange.reason}`],
    };
  }
  if (!exceeds(outputChange.low, GROWING_SLOPE)) return { keeps: true, reasons: [] };
  return { keeps: false, reasons: ["the output's change grows with width"] };
}

function findDivergence(rows: readonly ComparisonRow[]): Divergence | null {
  const diverged = rows.filter((row) => row.state === 'diverged');
  if (diverged.length === 0) return null;
  const steps = diverged.map(({ divergedAt }) => divergedAt ?? 0);
  return {
    everywhere: diverged.length === rows.length,
    widths: [...new Set(diverged.map(({ width }) => width))].sort((left, right) => left - right),
    steps: [Math.min(...steps), Math.max(...steps)],
  };
}

function divergenceClause({ everywhere, widths, steps: [first, last] }: Divergence): string {
  const when = first === last ? `step ${first}` : `steps ${first} to ${last}`;
  const where = everywhere ? 'every width' : `width${widths.length > 1 ? 's' : ''} ${widths.join(', ')}`;
  return `diverges at ${when} at ${where}`;
}

/** False where one of them is unknown. */
function exceeds(left: number | null, right: number | null): boolean {
  return left !== null && right !== null && left > right;
}
