import type { RunResult } from '../../run/run-result.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { ComparisonRow } from './report.ts';
import type { LimitsByName } from './request.ts';

/** The rows of a comparison: what is finished of the plan, in the plan's order, each layer with its infinite-width λ_min. */
export function mergeRows(
  plan: readonly PlannedRun[],
  results: ReadonlyMap<string, RunResult>,
  limits: LimitsByName,
): readonly ComparisonRow[] {
  return plan.flatMap(({ parametrization, width, seed, hash }) => {
    const result = results.get(hash);
    if (result === undefined) return [];
    const { state, divergedAt, loss, layers, series, outputChange } = result;
    return [
      {
        parametrization,
        width,
        seed,
        state,
        divergedAt,
        loss,
        outputChange,
        layers: layers.map((layer) => ({
          ...layer,
          lambdaMinLimit: limits[parametrization]?.[layer.layer - 1] ?? null,
        })),
        series,
      },
    ];
  });
}
