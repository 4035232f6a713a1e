import { foreseenOfRichness } from '../comparison/foreseen.ts';
import type { Experiment } from '../experiment.ts';
import { CONVERGENCE_CHECK_FIELDS, type ConvergenceCheckParams } from './params.ts';
import { planConvergenceCheck } from './plan.ts';
import { reduceConvergenceCheck } from './reduce.ts';
import type { ConvergenceReport } from './report.ts';
import { type ConvergenceCheckRequest, convergenceCheckRequest } from './request.ts';

/** Where training stops, is the loss at its minimum, and what keeps it up if not? */
export const CONVERGENCE_CHECK: Experiment<
  ConvergenceCheckParams,
  ConvergenceCheckRequest,
  ConvergenceReport
> = {
  name: 'check',
  title: 'Run Convergence Check',
  fields: CONVERGENCE_CHECK_FIELDS,
  request: convergenceCheckRequest,
  plan: planConvergenceCheck,
  foreseen: foreseenOfRichness,
  reduce: reduceConvergenceCheck,
};
