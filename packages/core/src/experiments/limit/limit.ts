import type { Experiment } from '../experiment.ts';
import { planRuns } from '../plan-runs.ts';
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
  plan: (request) => planRuns(request, [request.parametrization]),
  reduce: reduceLimit,
};
