import type { Experiment } from '../experiment.ts';
import { COORDINATE_CHECK_FIELDS, type CoordinateCheckParams } from './params.ts';
import { planCoordinateCheck } from './plan.ts';
import { reduceCoordinateCheck } from './reduce.ts';
import type { CoordinateReport } from './report.ts';
import { type CoordinateCheckRequest, coordinateCheckRequest } from './request.ts';

/** Do coordinates keep their size, and do they move, as width grows? */
export const COORDINATE_CHECK: Experiment<CoordinateCheckParams, CoordinateCheckRequest, CoordinateReport> = {
  name: 'coord-check',
  title: 'Run Coordinate Check',
  fields: COORDINATE_CHECK_FIELDS,
  request: coordinateCheckRequest,
  plan: planCoordinateCheck,
  reduce: reduceCoordinateCheck,
};
