import type { RunResult } from '../../run/run-result.ts';
import type { ExperimentOutcome } from '../experiment.ts';
import { dependentPairs, pairText } from '../judging/dependent-pairs.ts';
import { predictionsOf } from '../judging/predictions.ts';
import { infiniteWidth } from '../limit/infinite-width.ts';
import type { PlannedRun } from '../planned-run.ts';
import { layerFeatures } from './layer-features.ts';
import { type Measured, type MeasuredRun, measuredRuns } from './measured.ts';
import type { ComparisonReport, ComparisonRow } from './report.ts';
import type { ComparisonRequest } from './request.ts';
import { mergeRows } from './rows.ts';
import { comparisonSlopes } from './slopes.ts';
import { comparisonVerdict } from './verdict.ts';

/** What a comparison finds: its rows, their slopes against width, and the verdicts that follow from measurement alone. */
export function reduceComparison(
  request: ComparisonRequest,
  { plan, results, complete }: ExperimentOutcome,
): ComparisonReport {
  const rows = mergeRows(plan, results, request.limits);
  const pairs = dependentPairs(request);
  const found = request.parametrizations.map((parametrization) => {
    const { name } = parametrization;
    const own = rows.filter((row) => row.parametrization === name);
    const runs = own.map((row) => withKept(row, plan, results));
    const measured: Measured = measuredRuns(runs);
    const predictionsAt = predictionsOf(parametrization, request);
    const slopes = comparisonSlopes(measured, request);
    const verdict = comparisonVerdict({
      rows: own,
      measured,
      parametrization,
      predictionsAt,
      request,
      pairs,
    });
    const lost = new Set(own.flatMap(({ state, width }) => (state === 'diverged' ? [width] : [])));
    const ended = plan.flatMap(({ parametrization: of, width, hash }) => {
      const result = of === name && !lost.has(width) ? results.get(hash) : undefined;
      return result === undefined ? [] : [{ width, result }];
    });
    return {
      ...{ name, slopes, verdict },
      features: complete ? layerFeatures(runs, request, name) : [],
      limit: complete
        ? infiniteWidth(request, parametrization, {
            runs: ended,
            lambdaMin: measured.lambdaMin,
            predictionsAt,
          })
        : null,
    };
  });
  return {
    complete,
    rows,
    slopes: Object.fromEntries(found.map(({ name, slopes }) => [name, slopes])),
    verdicts: complete ? Object.fromEntries(found.map(({ name, verdict }) => [name, verdict])) : null,
    features: complete ? Object.fromEntries(found.map(({ name, features }) => [name, features])) : null,
    infiniteWidth: complete ? Object.fromEntries(found.map(({ name, limit }) => [name, limit!])) : null,
    dependentSamples: pairs.map(pairText),
  };
}

function withKept(
  row: ComparisonRow,
  plan: readonly PlannedRun[],
  results: ReadonlyMap<string, RunResult>,
): MeasuredRun {
  const cell = plan.find(
    ({ parametrization, width, seed }) =>
      parametrization === row.parametrization && width === row.width && seed === row.seed,
  );
  return { row, kept: results.get(cell?.hash ?? '')?.kept ?? [] };
}
