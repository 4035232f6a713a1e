export type { DataIdentity, Dataset } from './data/dataset.ts';
export type {
  ComparisonLayer,
  ComparisonReport,
  ComparisonRow,
  ComparisonSlopes,
  ComparisonVerdict,
  Slope,
} from './experiments/comparison-report.ts';
export type { ComparisonRequest, PlannedRun } from './experiments/comparison-request.ts';
export { type Matrix, matrix } from './linalg/matrix.ts';
export type { ActivationName, NetSpec } from './model/net-spec.ts';
export {
  type Classification,
  type ClassifyRequest,
  classify,
  type Regime,
} from './parametrization/classify.ts';
export { exponentToJson, parseExponent } from './parametrization/exponent.ts';
export { IP_FORMS, MUP_FORMS, type ParametrizationForm } from './parametrization/forms.ts';
export {
  gaugeShift,
  type InvariantExponents,
  invariants,
  type LayerInvariants,
  layerInvariants,
} from './parametrization/gauge.ts';
export {
  type AbcExponents,
  type InitExponent,
  LAYER_ROLES,
  type LayerRole,
  type OptimizerName,
  type Parametrization,
  roleOfLayer,
} from './parametrization/parametrization.ts';
export { parseParametrization } from './parametrization/parse-parametrization.ts';
export {
  displayLabel,
  type NamedParametrization,
  PARAMETRIZATIONS,
  type ParametrizationId,
} from './parametrization/table.ts';
export type { Engine, EngineSession } from './train/engine.ts';
export type {
  LayerOutcome,
  QuantityName,
  RunResult,
  Series,
  SeriesPoint,
  StepRecord,
} from './train/run-result.ts';
export type { LossSpec, ProbePlan, RunSpec } from './train/run-spec.ts';
