export { isGraphActivation } from './calculus/activations.ts';
export { classifyGraph } from './calculus/classify-graph.ts';
export { exponentToJson, type InitExponent, parseExponent } from './calculus/exponent.ts';
export type {
  ActNode,
  AddNode,
  ContractNode,
  GivenExponent,
  Graph,
  GraphActivation,
  GraphNode,
  GraphOptimizer,
  InputNode,
  MuonShape,
  NormNode,
  ScaleNode,
  SoftmaxNode,
  UnknownNode,
  ViewNode,
  WeightNode,
} from './calculus/graph.ts';
export type { Exponent, GraphClassification, WeightJudgement } from './calculus/graph-classification.ts';
export { parseGraph } from './calculus/parse-graph.ts';
export type { Regime } from './calculus/regime.ts';
export { cifarDataset } from './data/cifar.ts';
export { csvDataset } from './data/csv.ts';
export { csvReadingText } from './data/csv-reading.ts';
export type { DataIdentity, Dataset } from './data/dataset.ts';
export { datasetHash } from './data/dataset-hash.ts';
export { digitsDataset } from './data/digits.ts';
export { mixtureDataset } from './data/mixture.ts';
export type { Engine } from './engines/engine.ts';
export { ENGINE_NAMES, type EngineName, LONE_ENGINE_NAMES } from './engines/engine-names.ts';
export { onnxEngine } from './engines/onnx/onnx-engine.ts';
export { type OnnxRuntime, type OnnxTensor, tryOnnx } from './engines/onnx/onnx-runtime.ts';
export { referenceEngine } from './engines/reference/reference-engine.ts';
export type { TensorLibrary } from './engines/tfjs/tensor-library.ts';
export { tfjsEngine } from './engines/tfjs/tfjs-engine.ts';
export { exactKernels } from './engines/wasm/exact-kernels.ts';
export { wasmEngine } from './engines/wasm/wasm-engine.ts';
export type { WasmKernels } from './engines/wasm/wasm-kernels.ts';
export { COMPARISON } from './experiments/comparison/comparison.ts';
export { judgedLayers } from './experiments/comparison/evidence.ts';
export { type TheoremHypotheses, theoremHypotheses } from './experiments/comparison/hypotheses.ts';
export { COMPARISON_FIELDS, type ComparisonParams } from './experiments/comparison/params.ts';
export { planComparison } from './experiments/comparison/plan.ts';
export { reduceComparison } from './experiments/comparison/reduce.ts';
export type {
  ComparisonLayer,
  ComparisonReport,
  ComparisonRow,
  ComparisonSlopes,
  ComparisonVerdict,
  FeatureMotion,
  LayerFeatures,
  LayerScaling,
  WidthFeatures,
} from './experiments/comparison/report.ts';
export type { ComparisonRequest, LimitsByName } from './experiments/comparison/request.ts';
export { CONVERGENCE_CHECK } from './experiments/convergence-check/convergence-check.ts';
export { LOW_SHARE } from './experiments/convergence-check/independence.ts';
export type {
  ConvergenceReport,
  Hypothesis,
  Independence,
  IndependenceCell,
  RunBound,
  Stationarity,
} from './experiments/convergence-check/report.ts';
export type { ConvergenceCheckRequest } from './experiments/convergence-check/request.ts';
export { COORDINATE_CHECK } from './experiments/coordinate-check/coordinate-check.ts';
export {
  type JudgedPlace,
  judgeBeyondChance,
  judgePlace,
  type PlaceQuestion,
  type PlaceRun,
  slopeAt,
  slopesOf,
} from './experiments/coordinate-check/judge-place.ts';
export type { CoordinateCheckParams } from './experiments/coordinate-check/params.ts';
export type {
  CoordinateReport,
  CoordinateRow,
  CoordinateSuspect,
  CoordinateVerdict,
  LayerCheck,
  SuspectExponent,
} from './experiments/coordinate-check/report.ts';
export type { CoordinateCheckRequest } from './experiments/coordinate-check/request.ts';
export {
  FAILING_SLOPE,
  FEWEST_SEEDS,
  FEWEST_WIDTHS,
  PASSING_SLOPE,
  worstVerdict,
} from './experiments/coordinate-check/verdict.ts';
export { whatDecides } from './experiments/coordinate-check/what-decides.ts';
export { DEFAULT_RATES } from './experiments/default-rates.ts';
export type { Experiment } from './experiments/experiment.ts';
export type { Deciding } from './experiments/judging/deciding.ts';
export { GROWING_SLOPE, VANISHING_SLOPE } from './experiments/judging/scaling-class.ts';
export type { InfinitePoint, InfiniteWidth } from './experiments/limit/infinite-width.ts';
export { LIMIT } from './experiments/limit/limit.ts';
export type { LimitEstimate, LimitPoint, LimitReport } from './experiments/limit/report.ts';
export type { LimitRequest } from './experiments/limit/request.ts';
export { checkAsked, checkField, withDefaults } from './experiments/params/check-params.ts';
export type { AnyField, AnyFields, Asked, Fields, FieldValue } from './experiments/params/field.ts';
export { FieldError } from './experiments/params/field-error.ts';
export { defaultText, fieldText, readField } from './experiments/params/field-text.ts';
export type { RunParams, TwinParams, UnprobedParams } from './experiments/params/run-params.ts';
export { settingSection } from './experiments/params/setting-section.ts';
export type { PlannedRun } from './experiments/planned-run.ts';
export { costEstimate, type PlanCost, shareOn } from './experiments/run-cost.ts';
export type { RunSetting } from './experiments/run-setting.ts';
export type { TransferCell } from './experiments/transfer/cells.ts';
export { wantedPlaces } from './experiments/transfer/plan.ts';
export { rateAt, USUAL_RATES } from './experiments/transfer/rate-grid.ts';
export { rateTransfer } from './experiments/transfer/reduce.ts';
export type {
  CarriedLoss,
  RateOptimum,
  RateTransfer,
  TransferReport,
  TransferRow,
} from './experiments/transfer/report.ts';
export type { TransferRequest } from './experiments/transfer/request.ts';
export { TRANSFER } from './experiments/transfer/transfer.ts';
export { askedOfTwin, requireTwin, type Twin, type TwinNotes, twinNotes } from './experiments/twin.ts';
export { limitLambdaMin } from './limit/limit-lambda-min.ts';
export { matrix } from './linalg/matrix.ts';
export { ACTIVATION_NAMES, activation } from './model/activation.ts';
export type { LossSpec } from './model/loss.ts';
export type { ActivationName } from './model/net-spec.ts';
export { OPTIMIZERS, type OptimizerSpec } from './model/optimizer.ts';
export {
  type Classification,
  type ClassifyRequest,
  classify,
} from './parametrization/classify.ts';
export { type Family, familyOf } from './parametrization/family.ts';
export { layerInvariants, MULTIPLIER_WEIGHT } from './parametrization/gauge.ts';
export { mupExponents } from './parametrization/mup-targets.ts';
export {
  exponentsOf,
  type LayerRole,
  type OptimizerName,
  type Parametrization,
} from './parametrization/parametrization.ts';
export { parseParametrization } from './parametrization/parse-parametrization.ts';
export {
  displayLabel,
  PARAMETRIZATIONS,
  type ParametrizationId,
  parametrizationsFor,
} from './parametrization/table.ts';
export { widthPower } from './parametrization/width-power.ts';
export { withZeroReadout } from './parametrization/zero-readout.ts';
export { lambdaMin } from './quantities/lambda-min.ts';
export { canonicalHash } from './run/canonical-hash.ts';
export { probeSteps } from './run/probe-steps.ts';
export { runHash } from './run/run-hash.ts';
export type { QuantityName, RunResult, Series, SeriesPoint, StepRecord } from './run/run-result.ts';
export type { RunSpec } from './run/run-spec.ts';
export { seriesColumns } from './run/series.ts';
export { extrapolated } from './statistics/extrapolated.ts';
export type { Slope } from './statistics/slope.ts';
export { studentT } from './statistics/student-t.ts';
export { train } from './train/train.ts';
export { codeSpan, nameText, stretchesOf } from './words/code-span.ts';
export { didYouMean } from './words/did-you-mean.ts';
export {
  codeBlockMarkdown,
  codeMarkdown,
  joinMarkdown,
  type Markdown,
  markdown,
  markdownText,
  ownMarkdown,
  tableMarkdown,
} from './words/markdown.ts';
export { cutText, quoted, quotedJson, shownText } from './words/shown-text.ts';
