export { csvDataset } from './data/csv.ts';
export { type DataAssumption, dataAssumption, type SamplePair } from './data/data-assumption.ts';
export { DataError } from './data/data-error.ts';
export type { DataIdentity, Dataset } from './data/dataset.ts';
export { datasetHash } from './data/dataset-hash.ts';
export { digitsDataset } from './data/digits.ts';
export { type MixtureSpec, mixtureDataset } from './data/mixture.ts';
export type { Engine, EngineSession } from './engines/engine.ts';
export { REFERENCE_NUMERICS, referenceEngine } from './engines/reference/reference-engine.ts';
export { planComparison } from './experiments/comparison/plan.ts';
export { type ComparisonOutcome, reduceComparison } from './experiments/comparison/reduce.ts';
export type {
  ComparisonLayer,
  ComparisonReport,
  ComparisonRow,
  ComparisonSlopes,
  ComparisonVerdict,
  Divergence,
} from './experiments/comparison/report.ts';
export type { ComparisonRequest, PlannedRun } from './experiments/comparison/request.ts';
export { type LimitsByName, mergeRows } from './experiments/comparison/rows.ts';
export { comparisonSlopes } from './experiments/comparison/slopes.ts';
export { comparisonVerdict, judgedLayers } from './experiments/comparison/verdict.ts';
export { costEstimate, type PlanCost, type RunCost } from './experiments/run-cost.ts';
export { activationKernel, derivativeKernel } from './limit/activation-kernel.ts';
export type { PairExpectation } from './limit/gaussian-expectation.ts';
export { inputKernel, nextKernel } from './limit/kernel-recursion.ts';
export { type LimitRequest, limitLambdaMin } from './limit/limit-lambda-min.ts';
export { eigvalsh } from './linalg/eigvalsh.ts';
export { type GemmWorkspace, gemm, gemmWorkspace, type Product } from './linalg/gemm.ts';
export { sampleGram } from './linalg/gram.ts';
export { type Matrix, matrix } from './linalg/matrix.ts';
export { frobeniusDistance, frobeniusNorm } from './linalg/norms.ts';
export { singularValues } from './linalg/singular-values.ts';
export { ACTIVATION_NAMES, type Activation, activation } from './model/activation.ts';
export type { LossSpec } from './model/loss.ts';
export type { ActivationName, NetSpec } from './model/net-spec.ts';
export {
  type Classification,
  type ClassifyRequest,
  classify,
  type Regime,
} from './parametrization/classify.ts';
export { exponentToJson, parseExponent } from './parametrization/exponent.ts';
export { type Family, familyOf } from './parametrization/family.ts';
export { IP_FORMS, MUP_FORMS, type ParametrizationForm } from './parametrization/forms.ts';
export {
  gaugeShift,
  type InvariantExponents,
  invariants,
  type LayerInvariants,
  layerInvariants,
  MULTIPLIER_WEIGHT,
} from './parametrization/gauge.ts';
export { MUP_TARGETS, type MupTarget, mupExponents } from './parametrization/mup-targets.ts';
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
export { concreteScaling, type LayerScaling } from './parametrization/scaling.ts';
export {
  displayLabel,
  type NamedParametrization,
  PARAMETRIZATIONS,
  type ParametrizationId,
} from './parametrization/table.ts';
export { widthPower } from './parametrization/width-power.ts';
export { effectiveRank } from './quantities/effective-rank.ts';
export { jointLambdaMin } from './quantities/joint-lambda-min.ts';
export { type LambdaMin, lambdaMin } from './quantities/lambda-min.ts';
export { movement } from './quantities/movement.ts';
export { stableRank } from './quantities/stable-rank.ts';
export { fillNormal } from './random/normal.ts';
export { type Rng, rngFromSeed, type SeedStreams, streamsFromSeed } from './random/rng.ts';
export { probeSteps } from './run/probe-steps.ts';
export { runHash } from './run/run-hash.ts';
export type {
  LayerOutcome,
  QuantityName,
  RunResult,
  Series,
  SeriesPoint,
  StepRecord,
} from './run/run-result.ts';
export type { ProbePlan, RunSpec } from './run/run-spec.ts';
export { logLogSlope, type MeasuredPoint, type Slope } from './statistics/log-log-slope.ts';
export { studentT975 } from './statistics/student-t.ts';
export { initialWeights } from './train/initial-weights.ts';
export { DIVERGENCE_FACTOR, train } from './train/train.ts';
