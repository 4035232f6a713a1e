import { type BoundState, boundState } from '../../quantities/gradient-loss-bound.ts';
import type { ComparisonRow } from '../comparison/report.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import type { ConvergenceReport, RunBound } from './report.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/** The worst first. */
const ORDER: readonly BoundState[] = ['undecidable', 'rank-deficient', 'not-stationary', 'holds'];

/** The bounds of every run that has ended, in the plan's order, each with its state. */
export function runBounds(
  { tolerance }: ConvergenceCheckRequest,
  { plan, results }: ExperimentOutcome,
): readonly RunBound[] {
  return plan.flatMap(({ width, seed, hash }) => {
    const result = results.get(hash);
    const losses = result?.series.find(({ quantity }) => quantity === 'loss');
    const first = losses?.values[0] ?? 0;
    return (result?.bounds ?? []).map(({ features, ...bound }): RunBound => {
      const loss = losses?.values[losses.steps.indexOf(bound.step)] ?? 0;
      const state = boundState({ features, gap: bound.gap }, tolerance * first);
      return { width, seed, state, loss, tolerance: tolerance * first, ...bound };
    });
  });
}

/** The bound of the widest width at its last step that says least, and what the check says of it. */
export function verdictOf(
  rows: readonly ComparisonRow[],
  bounds: readonly RunBound[],
): Pick<ConvergenceReport, 'verdict' | 'bound'> {
  const widest = Math.max(...rows.map(({ width }) => width));
  const own = rows.filter(({ width }) => width === widest);
  const finished = own.filter(({ state }) => state === 'finished');
  const last = finished.flatMap(({ width, seed }) => {
    const found = bounds.findLast((each) => each.width === width && each.seed === seed);
    return found === undefined ? [] : [found];
  });
  if (last.length === 0) return { verdict: own.length === 0 ? null : 'diverged', bound: null };
  const bound = last.reduce((worst, next) => (isWorse(next, worst) ? next : worst));
  return { verdict: finished.length < own.length ? 'diverged' : bound.state, bound };
}

function isWorse(one: RunBound, other: RunBound): boolean {
  const [left, right] = [ORDER.indexOf(one.state), ORDER.indexOf(other.state)];
  if (left !== right) return left < right;
  return lossAllowed(one) > lossAllowed(other);
}

/** ∞ where the gradient allows any. */
function lossAllowed({ gap, lossFloor }: RunBound): number {
  return (gap ?? Number.POSITIVE_INFINITY) + (lossFloor ?? 0);
}
