export { judgedLayers } from '@widthwise/core';
export { appendSeries, type Column } from './columns.ts';
export { comparisonFigures } from './comparison/figures.ts';
export { HOW_TO_READ, remarks } from './comparison/remarks.ts';
export { runFigures } from './comparison/run-figures.ts';
export { comparisonSentence, verdictSentence } from './comparison/sentences.ts';
export {
  type ComparisonSetting,
  comparisonSetting,
  networkText,
  trainingText,
} from './comparison/setting.ts';
export { type Mark, SIGNS, type VerdictCell, verdictSoFar } from './comparison/verdict-cells.ts';
export { type ComparisonTable, comparisonTable, type TableRow } from './comparison/verdict-table.ts';
export { type MeasuredWidths, widthFigure } from './comparison/width-figures.ts';
export { convergenceFigures } from './convergence-check/figures.ts';
export {
  type ConvergenceFindings,
  type ConvergenceSetting,
  convergenceFindings,
  type MeasuredConvergence,
} from './convergence-check/findings.ts';
export {
  convergenceEvidence,
  convergenceSentence,
  HOW_TO_READ_CONVERGENCE,
} from './convergence-check/sentences.ts';
export {
  type ConvergenceTableRow,
  convergenceTable,
  type HypothesisRow,
  hypothesisRows,
  type IndependenceMap,
  independenceMap,
} from './convergence-check/table.ts';
export { coordinateFigures } from './coordinate-check/figures.ts';
export type {
  CoordinateFindings,
  CoordinateSetting,
  MeasuredCoordinates,
} from './coordinate-check/findings.ts';
export {
  coordinateSentence,
  HOW_TO_READ_CHECK,
  HOW_TO_READ_WEIGHTS,
  suspectSentence,
} from './coordinate-check/sentences.ts';
export {
  type CoordinateTableRow,
  checkCell,
  coordinateTable,
  type WeightTableRow,
  weightTable,
} from './coordinate-check/table.ts';
export type { Curve, CurveSource, Figure, ReferenceLine } from './figure.ts';
export { type CurveColor, curveStyles, PALETTE } from './palette.ts';
export type { Axis } from './scales/axis.ts';
export { minorTicks } from './scales/log-axis.ts';
export { positionOn } from './scales/position.ts';
export { legible, type Tick } from './scales/tick.ts';
export { spreadLabels } from './spread-labels.ts';
export { counted } from './words/counted.ts';
export { durationText, forecastText } from './words/duration-text.ts';
export { fractionText } from './words/fraction-text.ts';
export { valueText } from './words/number-text.ts';
export { type JudgedSlope, judgedSlopeText, slopeText } from './words/slope-text.ts';
