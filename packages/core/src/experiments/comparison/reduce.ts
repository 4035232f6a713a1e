import type { ExperimentOutcome } from '../experiment.ts';
import type { ComparisonReport } from './report.ts';
import type { ComparisonRequest } from './request.ts';
import { mergeRows } from './rows.ts';
import { comparisonSlopes } from './slopes.ts';
import { comparisonVerdict } from './verdict.ts';

/** What a comparison finds: its rows, their slopes against width, and the verdicts that follow from the slopes alone. */
export function reduceComparison(
  request: ComparisonRequest,
  { plan, results, complete }: ExperimentOutcome,
): ComparisonReport {
  const rows = mergeRows(plan, results, request.limits);
  const found = request.parametrizations.map(({ name }) => {
    const own = rows.filter(({ parametrization }) => parametrization === name);
    const slopes = comparisonSlopes(own, request.depth);
    return { name, slopes, verdict: comparisonVerdict(own, slopes, request.seeds) };
  });
  return {
    complete,
    rows,
    slopes: Object.fromEntries(found.map(({ name, slopes }) => [name, slopes])),
    verdicts: complete ? Object.fromEntries(found.map(({ name, verdict }) => [name, verdict])) : null,
  };
}
