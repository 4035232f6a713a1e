export { csvDataset } from './data/csv.ts';
export { csvReadingText } from './data/csv-reading.ts';
export { UnknownColumnError } from './data/data-error.ts';
export type { DataIdentity, Dataset } from './data/dataset.ts';
export { datasetHash } from './data/dataset-hash.ts';
export { digitsDataset } from './data/digits.ts';
export { mixtureDataset } from './data/mixture.ts';
export type { Engine } from './engines/engine.ts';
export { referenceEngine } from './engines/reference/reference-engine.ts';
export {
  MOST_PAIRED,
  type TheoremHypotheses,
  theoremHypotheses,
} from './experiments/comparison/hypotheses.ts';
export { planComparison } from './experiments/comparison/plan.ts';
export { reduceComparison } from './experiments/comparison/reduce.ts';
export type {
  ComparisonLayer,
  ComparisonReport,
  ComparisonRow,
  ComparisonSlopes,
  ComparisonVerdict,
} from './experiments/comparison/report.ts';
export type { ComparisonRequest, PlannedRun } from './experiments/comparison/request.ts';
export type { LimitsByName } from './experiments/comparison/rows.ts';
export { GROWING_SLOPE, judgedLayers, VANISHING_SLOPE } from './experiments/comparison/verdict.ts';
export { costEstimate, type PlanCost } from './experiments/run-cost.ts';
export { limitLambdaMin } from './limit/limit-lambda-min.ts';
export { matrix } from './linalg/matrix.ts';
export { ACTIVATION_NAMES, activation } from './model/activation.ts';
export type { LossSpec } from './model/loss.ts';
export type { ActivationName } from './model/net-spec.ts';
export {
  type Classification,
  type ClassifyRequest,
  classify,
  type Regime,
} from './parametrization/classify.ts';
export { exponentToJson, parseExponent } from './parametrization/exponent.ts';
export { type Family, familyOf } from './parametrization/family.ts';
export { layerInvariants, MULTIPLIER_WEIGHT } from './parametrization/gauge.ts';
export { mupExponents } from './parametrization/mup-targets.ts';
export type {
  InitExponent,
  LayerRole,
  OptimizerName,
  Parametrization,
} from './parametrization/parametrization.ts';
export { parseParametrization } from './parametrization/parse-parametrization.ts';
export { displayLabel, PARAMETRIZATIONS, type ParametrizationId } from './parametrization/table.ts';
export { lambdaMin } from './quantities/lambda-min.ts';
export { probeSteps } from './run/probe-steps.ts';
export { runHash } from './run/run-hash.ts';
export type { QuantityName, RunResult, Series, SeriesPoint, StepRecord } from './run/run-result.ts';
export type { RunSpec } from './run/run-spec.ts';
export { seriesColumns } from './run/series.ts';
export type { Slope } from './statistics/log-log-slope.ts';
export { studentT975 } from './statistics/student-t.ts';
export { train } from './train/train.ts';
