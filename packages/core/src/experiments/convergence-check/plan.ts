import { quoted } from '../../words/shown-text.ts';
import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/**
 * The runs of a convergence check, narrow widths first.
 *
 * @throws RangeError for a parametrization of another optimizer than SGD
 */
export function planConvergenceCheck(request: ConvergenceCheckRequest): readonly PlannedRun[] {
  const { optimizer, name } = request.parametrization;
  if (optimizer !== 'sgd') {
    throw new RangeError(
      `parametrization: expected one of SGD, which is what is trained, got ${quoted(name)} for ${optimizer}`,
    );
  }
  return planRuns(request, [request.parametrization]);
}
