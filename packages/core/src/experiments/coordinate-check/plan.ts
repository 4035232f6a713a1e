import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { CoordinateCheckRequest } from './request.ts';

/**
 * The runs of a coordinate check, narrow widths first.
 *
 * @throws RangeError for a parametrization of another optimizer than the one that trains
 */
export function planCoordinateCheck(request: CoordinateCheckRequest): readonly PlannedRun[] {
  return planRuns(request, [request.parametrization]);
}
