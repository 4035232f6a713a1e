import type { RunResult } from '../../run/run-result.ts';
import type { ComparisonReport } from './report.ts';
import type { ComparisonRequest, PlannedRun } from './request.ts';
import { type LimitsByName, mergeRows } from './rows.ts';
import { comparisonSlopes } from './slopes.ts';
import { comparisonVerdict } from './verdict.ts';

/** What a comparison's runs have left behind. */
export interface ComparisonOutcome {
  /** By run hash; what failed or was not reached is missing. */
  readonly results: ReadonlyMap<string, RunResult>;
  readonly limits: LimitsByName;
  /** False when it was interrupted: then there are slopes and no verdicts. */
  readonly complete: boolean;
}

/** What a comparison finds: its rows, their slopes against width, and the verdicts that follow from the slopes alone. */
export function reduceComparison(
  request: ComparisonRequest,
  plan: readonly PlannedRun[],
  { results, limits, complete }: ComparisonOutcome,
): ComparisonReport {
  const rows = mergeRows(plan, results, limits);
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
