export {
  type ActivationName,
  CancelComparison,
  ComparisonAdvanced,
  type ComparisonAdvancedParams,
  type ComparisonConfig,
  ComparisonEnded,
  type ComparisonEndedParams,
  type ComparisonId,
  type ComparisonParams,
  type ComparisonPlan,
  type ComparisonSnapshot,
  type ComparisonState,
  type Progress,
  ReadComparison,
  StartComparison,
  type StartComparisonParams,
} from './comparison.ts';
export { ExplainModel, type ExplainModelParams, type ExplainModelResult } from './explain.ts';
export { type Failure, REFUSED } from './failure.ts';
export { FileStatus, type FileStatusParams, type FileStatusResult } from './file-status.ts';
export { connectPort, type Port } from './port-connection.ts';
export type { LayerOutcome, RunAdvance, RunHistory, RunOutcome, RunState } from './run.ts';
export type { QuantityName, Series } from './series.ts';
export type { Judgement, Slope, Slopes, Verdict } from './verdict.ts';
export { PROTOCOL_VERSION } from './version.ts';
export {
  CompareAgain,
  HydrateView,
  type HydrateViewParams,
  ViewLost,
  type ViewLostParams,
  ViewReady,
  WEBVIEW_NOTIFICATIONS,
  WEBVIEW_REQUESTS,
} from './view.ts';
