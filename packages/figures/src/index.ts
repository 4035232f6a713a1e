export { judgedLayers } from '@widthwise/core';
export { appendSeries, type Column } from './columns.ts';
export { type ComparisonFigures, comparisonFigures } from './comparison/figures.ts';
export type { MeasuredComparison, MeasuredRow } from './comparison/measured.ts';
export { howToRead, remarks } from './comparison/remarks.ts';
export { runFigures } from './comparison/run-figures.ts';
export { comparisonSentence, verdictSentence } from './comparison/sentences.ts';
export {
  type ComparisonSetting,
  comparisonSetting,
  networkText,
  rateText,
  stepsText,
  trainedText,
  trainingText,
} from './comparison/setting.ts';
export { type Mark, SIGNS, type VerdictCell, verdictSoFar } from './comparison/verdict-cells.ts';
export {
  type ComparisonTable,
  comparisonTable,
  type TabledComparison,
  type TableRow,
} from './comparison/verdict-table.ts';
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
export { endText } from './end-text.ts';
export type { Curve, CurveSource, Figure, ReferenceLine } from './figure.ts';
export { figureCsv, figureNumbers } from './figure-numbers.ts';
export { infiniteFigures } from './infinite-width/figures.ts';
export { type InfiniteTable, infiniteTable } from './infinite-width/table.ts';
export { limitFigures } from './limit/figures.ts';
export { HOW_TO_READ_LIMIT, limitSentences } from './limit/sentences.ts';
export { type LimitTable, limitTables } from './limit/table.ts';
export { type CurveColor, curveStyles, PALETTE } from './palette.ts';
export { type CheckedPlace, placeFigures } from './place-check/figures.ts';
export type { Axis } from './scales/axis.ts';
export { minorTicks } from './scales/log-axis.ts';
export { positionOn } from './scales/position.ts';
export { legible, type Tick } from './scales/tick.ts';
export { FEATURE_HEADS, featureRows, HOW_TO_READ_FEATURES } from './spectrum/feature-table.ts';
export {
  type LabelledFeatures,
  type SpectrumMap,
  spectrumCsv,
  spectrumMaps,
  spectrumNumbers,
} from './spectrum/spectrum-map.ts';
export { svgSpectrum } from './spectrum/svg-spectrum.ts';
export { spreadLabels } from './spread-labels.ts';
export { escapeHtml } from './svg/escape-html.ts';
export { FIGURE_STYLE, PAPER_COLORS } from './svg/figure-style.ts';
export { svgChart } from './svg/svg-chart.ts';
export { svgFile } from './svg/svg-file.ts';
export { transferFigures } from './transfer/figures.ts';
export { rateWords } from './transfer/rate-words.ts';
export { HOW_TO_READ_TRANSFER, transferAnswer, transferSentences } from './transfer/sentences.ts';
export { type TransferTable, transferTable } from './transfer/table.ts';
export { counted, listed } from './words/counted.ts';
export { cutText } from './words/cut-text.ts';
export { durationText, forecastText } from './words/duration-text.ts';
export { engineText } from './words/engine-text.ts';
export { fractionText } from './words/fraction-text.ts';
export { valueText } from './words/number-text.ts';
export { type JudgedSlope, judgedSlopeText, slopeText } from './words/slope-text.ts';
export { batchText, lossText } from './words/training-words.ts';
export { twinLines } from './words/twin-lines.ts';
