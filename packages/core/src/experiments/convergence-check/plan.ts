import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/**
 * The runs of a convergence check, narrow widths first.
 *
 * @throws RangeError for a parametrization of another optimizer than the one that trains
 */
export function planConvergenceCheck(request: ConvergenceCheckRequest): readonly PlannedRun[] {
  return planRuns(request, [request.parametrization]);
}
