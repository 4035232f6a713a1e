import type { RunResult } from '../../run/run-result.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { Objective } from './params.ts';
import { placeOf, type RateCurve } from './rate-grid.ts';
import type { TransferRequest } from './request.ts';

/** The losses by which rates are judged, of every seed at one width under one parametrization, by place of the rate. */
export interface TransferCell {
  readonly parametrization: string;
  readonly width: number;
  /** By seed, over the places at which every seed has ended. */
  readonly curves: readonly RateCurve[];
  /** The mean loss before training. */
  readonly start: number | null;
  /** Whether its search was ended early, and its best rates count with neighbors as far apart as they are. */
  readonly isCut?: boolean;
}

/** What runs that have ended say, a cell for every parametrization and width in the plan's order. */
export function transferCells(
  { parametrizations, widths, seeds, learningRate, objective }: TransferRequest,
  plan: readonly PlannedRun[],
  results: ReadonlyMap<string, RunResult>,
): readonly TransferCell[] {
  return parametrizations.flatMap(({ name }) =>
    widths.map((width) => {
      const own = plan.filter((run) => run.parametrization === name && run.width === width);
      const curves = Array.from({ length: seeds }, () => new Map<number, number>());
      const starts: number[] = [];
      for (const { seed, spec, hash } of own) {
        const result = results.get(hash);
        if (result === undefined) continue;
        curves[seed].set(placeOf(spec.constants.learningRate, learningRate), lossOf(result, objective));
        if (result.loss[0] !== null) starts.push(result.loss[0]);
      }
      const start = starts.length === 0 ? null : starts.reduce((sum, loss) => sum + loss, 0) / starts.length;
      return { parametrization: name, width, curves: common(curves), start };
    }),
  );
}

/** What a run's rate is judged by; ∞ where it diverged. */
export function lossOf({ state, loss, series }: RunResult, objective: Objective): number {
  const [, last] = loss;
  if (state === 'diverged' || last === null) return Number.POSITIVE_INFINITY;
  if (objective === 'final') return last;
  const after = series.find(({ quantity }) => quantity === 'loss')?.values.slice(1) ?? [];
  return after.reduce((sum, value) => sum + value, 0) / after.length;
}

/** The same curves at the places that all of them have. */
function common(curves: readonly Map<number, number>[]): readonly RateCurve[] {
  return curves.map(
    (curve) => new Map([...curve].filter(([place]) => curves.every((each) => each.has(place)))),
  );
}
