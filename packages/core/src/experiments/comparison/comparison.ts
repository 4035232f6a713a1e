import type { Experiment } from '../experiment.ts';
import { foreseenOfRichness } from './foreseen.ts';
import { COMPARISON_FIELDS, type ComparisonParams } from './params.ts';
import { planComparison } from './plan.ts';
import { reduceComparison } from './reduce.ts';
import type { ComparisonReport } from './report.ts';
import { type ComparisonRequest, comparisonRequest } from './request.ts';

/** Which parametrization keeps features moving and rich? */
export const COMPARISON: Experiment<ComparisonParams, ComparisonRequest, ComparisonReport> = {
  name: 'compare',
  title: 'Compare Parametrizations',
  fields: COMPARISON_FIELDS,
  request: comparisonRequest,
  plan: planComparison,
  foreseen: foreseenOfRichness,
  reduce: reduceComparison,
};
