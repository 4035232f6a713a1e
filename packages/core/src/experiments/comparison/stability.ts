import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import { logLogSlope } from '../../statistics/log-log-slope.ts';
import type { Scaling } from '../judging/scaling-class.ts';
import type { ComparisonRow, Divergence } from './report.ts';

/** Whether a parametrization is stable as width grows: null is not measured at this η, or undecided. */
export interface Stability {
  readonly stable: boolean | null;
  readonly reasons: readonly string[];
}

/** Where runs diverged; null where none did. */
export function findDivergence(rows: readonly ComparisonRow[]): Divergence | null {
  const diverged = rows.filter((row) => row.state === 'diverged');
  if (diverged.length === 0) return null;
  const steps = diverged.map(({ divergedAt }) => divergedAt ?? 0);
  return {
    everywhere: diverged.length === rows.length,
    widths: [...new Set(diverged.map(({ width }) => width))].sort((left, right) => left - right),
    steps: [Math.min(...steps), Math.max(...steps)],
  };
}

/**
 *     unstable        the output's change, an absolute movement or the size of a layer at the start grows; or the share of
 *                     diverging runs falls nowhere with width and rises by at least ½; or every run diverges, the earlier
 *                     the wider
 *     not measured    runs diverge otherwise: η is too large
 *     undecided       nothing grows over these widths, and theory says that something does in the end
 *     stable          nothing grows
 *
 * @param grown what is judged for growth, by what it is called
 */
export function stabilityOf(
  rows: readonly ComparisonRow[],
  grown: readonly { readonly name: string; readonly scaling: Scaling }[],
  { learningRate, predictedUnstable }: { readonly learningRate: number; readonly predictedUnstable: boolean },
): Stability {
  const growing = grown.filter(({ scaling }) => scaling.class === 'grows');
  if (growing.length > 0)
    return { stable: false, reasons: growing.map(({ name }) => `${name} grows with width`) };
  const divergence = findDivergence(rows);
  if (divergence !== null) {
    const clause = divergenceClause(divergence);
    if (divergesWithWidth(rows, divergence)) return { stable: false, reasons: [clause] };
    return {
      stable: null,
      reasons: [
        `${clause}: not measured at η = ${learningRate}, try ${Number((learningRate / 10).toPrecision(2))}`,
      ],
    };
  }
  const open = grown.filter(({ scaling }) => mayGrow(scaling));
  if (open.length === 0 && predictedUnstable) {
    return {
      stable: null,
      reasons: [
        'stability undecided: theory says that training grows with width, but neither outputs nor the absolute movement of features does at these widths and this η; wider networks or a larger η would tell',
      ],
    };
  }
  if (open.length === 0) return { stable: true, reasons: [] };
  return {
    stable: null,
    reasons: open.map(
      ({ name, scaling }) =>
        `stability undecided: ${name} ${scaling.slope.reason === undefined ? 'may grow with width' : `has no slope, ${scaling.slope.reason}`}`,
    ),
  };
}

/** Not constant, not falling, and an interval that reaches beyond ¼. */
function mayGrow({ class: of, slope }: Scaling): boolean {
  if (of !== 'undecided') return false;
  return slope.high === null || slope.high > 1 / 4;
}

function divergesWithWidth(rows: readonly ComparisonRow[], { everywhere }: Divergence): boolean {
  if (everywhere) {
    const steps = rows.map(({ width, divergedAt }) => ({ width, value: divergedAt ?? 0 }));
    return scalingHigh(steps) < -EXPONENT_TOLERANCE;
  }
  const shares = divergedShares(rows);
  const rises = shares.every((share, index) => index === 0 || share >= shares[index - 1]);
  return rises && shares[shares.length - 1] - shares[0] >= 1 / 2;
}

function scalingHigh(points: readonly { readonly width: number; readonly value: number }[]): number {
  return logLogSlope(points).high ?? Number.NaN;
}

/** Of the runs of each width, ascending. */
function divergedShares(rows: readonly ComparisonRow[]): readonly number[] {
  const widths = [...new Set(rows.map(({ width }) => width))].sort((left, right) => left - right);
  return widths.map((width) => {
    const own = rows.filter((row) => row.width === width);
    return own.filter(({ state }) => state === 'diverged').length / own.length;
  });
}

function divergenceClause({ everywhere, widths, steps: [first, last] }: Divergence): string {
  const when = first === last ? `step ${first}` : `steps ${first} to ${last}`;
  const where = everywhere ? 'every width' : `width${widths.length > 1 ? 's' : ''} ${widths.join(', ')}`;
  return `diverges at ${when} at ${where}`;
}
