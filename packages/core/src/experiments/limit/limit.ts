import { quoted } from '../../words/shown-text.ts';
import type { Experiment } from '../experiment.ts';
import { planRuns } from '../plan-runs.ts';
import type { PlannedRun } from '../planned-run.ts';
import { LIMIT_FIELDS, type LimitParams } from './params.ts';
import { reduceLimit } from './reduce.ts';
import type { LimitReport } from './report.ts';
import { type LimitRequest, limitRequest } from './request.ts';

/** What do networks come to as their width grows without end, and how near is each? */
export const LIMIT: Experiment<LimitParams, LimitRequest, LimitReport> = {
  name: 'limit',
  title: 'Compare with the Infinite-Width Limit',
  fields: LIMIT_FIELDS,
  request: limitRequest,
  plan: planLimit,
  reduce: reduceLimit,
};

/** @throws RangeError for a parametrization of another optimizer than SGD */
function planLimit(request: LimitRequest): readonly PlannedRun[] {
  const { optimizer, name } = request.parametrization;
  if (optimizer !== 'sgd') {
    throw new RangeError(
      `parametrization: expected one of SGD, which is what is trained, got ${quoted(name)} for ${optimizer}`,
    );
  }
  return planRuns(request, [request.parametrization]);
}
