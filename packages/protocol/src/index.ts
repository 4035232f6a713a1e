export type {
  BoundState,
  ConvergenceCheck,
  Hypothesis,
  IndependenceCell,
  RunBound,
} from './convergence-check.ts';
export type {
  CoordinateCheck,
  CoordinateLayer,
  CoordinateVerdict,
} from './coordinate-check.ts';
export {
  type ActivationName,
  CancelExperiment,
  ExperimentAdvanced,
  type ExperimentAdvancedParams,
  type ExperimentConfig,
  ExperimentEnded,
  type ExperimentEndedParams,
  type ExperimentId,
  type ExperimentPlan,
  type ExperimentRef,
  type ExperimentSnapshot,
  type ExperimentState,
  type Progress,
  ReadExperiment,
  StartExperiment,
  type StartExperimentParams,
} from './experiment.ts';
export { ExplainModel, type ExplainModelParams, type ExplainModelResult } from './explain.ts';
export { type Failure, REFUSED } from './failure.ts';
export { FileStatus, type FileStatusParams, type FileStatusResult } from './file-status.ts';
export type { ExperimentName, Judgements } from './judgements.ts';
export type { InfinitePoint, InfiniteWidth, LimitComparison } from './limit.ts';
export type {
  CodePlace,
  ModelCheck,
  ModelCheckAsk,
  ModelCheckPageMessage,
  ModelCheckRow,
  ModelCheckSuspect,
} from './model-check.ts';
export { connectPort, type Port } from './port-connection.ts';
export type { LayerOutcome, RunAdvance, RunHistory, RunOutcome, RunState } from './run.ts';
export type { QuantityName, Series } from './series.ts';
export type { Slope } from './slope.ts';
export type { TransferSearch } from './transfer.ts';
export type { Judgement, LayerScaling, Slopes, Verdict } from './verdict.ts';
export { PROTOCOL_VERSION } from './version.ts';
export {
  HydrateView,
  type HydrateViewParams,
  RunAgain,
  type RunAgainParams,
  SaveFigure,
  type SaveFigureParams,
  ViewAsk,
  type ViewAskParams,
  ViewLost,
  type ViewLostParams,
  ViewReady,
  WEBVIEW_NOTIFICATIONS,
  WEBVIEW_REQUESTS,
} from './view.ts';
