export { type Analyser, loadAnalyser } from './analyse.ts';
export type { Analysis } from './analysis.ts';
export { Unwanted, type Watch } from './budget.ts';
export type {
  Finding,
  Fix,
  FixSafety,
  RelatedPlace,
  RuleCode,
  RuleLevel,
  Severity,
  TextEdit,
} from './finding.ts';
export { isMended } from './fixes/proven-fixes.ts';
export { edited, editsInTurn, joinedEdits } from './fixes/text-edits.ts';
export { mayHandToTraining, mayTrain } from './may-train.ts';
export type { MlpTwin, ModelOutline, TwinMissing, WeightRow } from './model-outline.ts';
export { type AnalysisOptions, type BuiltExponents, DEFAULT_OPTIONS } from './options.ts';
export { RULES } from './rules/index.ts';
export { type LineIndex, lineIndex } from './syntax/line-index.ts';
export { overlaps, type Span, touches } from './syntax/span.ts';
export type { Unread } from './unread.ts';
export { embeddingRateText } from './words/embedding-rate.ts';
export { explainMarkdown } from './words/explain-markdown.ts';
export { exponentText, powerText, rateText } from './words/exponent-text.ts';
export { fixText, unmadeText } from './words/fix-text.ts';
export { legendOf } from './words/legend.ts';
export { missingText } from './words/missing-text.ts';
export { noModelText } from './words/no-model-text.ts';
export { OPTIMIZER_NAMES, trainerText } from './words/optimizer-names.ts';
export { regimeText, verdictLine, verdictWords } from './words/regime-text.ts';
export { remediesOf } from './words/remedies.ts';
export {
  type JudgedExponent,
  judgeRow,
  MARKS,
  markOf,
  problemsOf,
  problemsOfModel,
  rowProblems,
} from './words/row-judgement.ts';
export { maybesText, rowNameText } from './words/row-name.ts';
export { unfoundText } from './words/unfound-text.ts';
export { unreadText } from './words/unread-text.ts';
export { type Files, findModule } from './workspace/find-module.ts';
export type { FoundModule, Place } from './workspace/workspace.ts';
