import {
  type ComparisonReport,
  type ComparisonRow,
  type ComparisonSlopes,
  type ComparisonVerdict,
  judgedLayers,
  type Slope,
} from '@widthwise/core';
import { wholeMean } from '../seed-mean.ts';
import { valueText } from '../words/number-text.ts';
import type { JudgedSlope } from '../words/slope-text.ts';
import type { ComparisonSetting } from './setting.ts';
import { featuresCell, richnessCell, type VerdictCell } from './verdict-cells.ts';

/** What the table reads of a verdict. */
type TabledVerdict = Pick<
  ComparisonVerdict,
  'stable' | 'featureLearning' | 'richness' | 'motion' | 'richnessMeasured' | 'classes' | 'reasons'
> & { readonly divergence: { readonly everywhere: boolean } | null };

/** What the table reads of a report, or of what is known of one so far. */
export interface TabledComparison extends Pick<ComparisonReport, 'slopes'> {
  readonly rows: readonly Pick<ComparisonRow, 'parametrization' | 'width' | 'loss' | 'layers'>[];
  readonly verdicts: Readonly<Record<string, TabledVerdict>> | null;
}

const NO_VERDICT: VerdictCell = { mark: 'none', word: '' };

/** One parametrization in the table. */
export interface TableRow {
  readonly name: string;
  readonly label: string;
  readonly features: VerdictCell;
  readonly richness: VerdictCell;
  /** Stands instead of the numbers where no run reached its end. */
  readonly statement: VerdictCell | null;
  /** Of the judged layers. */
  readonly movement: readonly JudgedSlope[];
  readonly lambdaMin: readonly JudgedSlope[];
  readonly lambdaMinJoint: readonly Slope[];
  /** λ_min of the last layer at initialization, geometric mean over seeds at the widest, beside its infinite-width value. */
  readonly start: { readonly measured: string; readonly limit: string };
  /** At the widest, geometric mean over seeds: before the first and after the last update. */
  readonly loss: string;
}

/** What terminal, Markdown and page print, each in its own way. */
export interface ComparisonTable {
  /** The layers that verdicts are made of, 1-based. */
  readonly layers: readonly number[];
  readonly widest: number;
  readonly rows: readonly TableRow[];
}

/** The table of a report, one row a parametrization, in the order they were asked for. */
export function comparisonTable(
  report: TabledComparison,
  { parametrizations, depth, widths }: ComparisonSetting,
): ComparisonTable {
  const layers = judgedLayers(depth);
  const widest = widths.at(-1)!;
  const rows = parametrizations.map(({ name, label }) => {
    const runs = report.rows.filter((row) => row.parametrization === name);
    const verdict = report.verdicts?.[name] ?? null;
    const slopes = report.slopes[name];
    return {
      name,
      label,
      features: verdict === null ? NO_VERDICT : featuresCell(verdict),
      richness: verdict === null ? NO_VERDICT : richnessCell(verdict),
      statement: statementOf(verdict),
      ...judged(slopes, verdict, layers),
      start: startAt(runs, widest, layers.at(-1)!),
      loss: lossAt(runs, widest),
    };
  });
  return { layers, widest, rows };
}

/** Where nothing else was measured: that every run diverges at this rate, or diverges the earlier the wider. */
function statementOf(verdict: TabledVerdict | null): VerdictCell | null {
  const [reason] = verdict?.reasons ?? [];
  if (!verdict?.divergence?.everywhere || reason === undefined) return null;
  return { mark: verdict.stable === false ? 'no' : 'open', word: reason };
}

function judged(
  slopes: ComparisonSlopes | undefined,
  verdict: TabledVerdict | null,
  layers: readonly number[],
): Pick<TableRow, 'movement' | 'lambdaMin' | 'lambdaMinJoint'> {
  const none: Slope = { value: null, low: null, high: null };
  const pick = (all: readonly Slope[] | undefined): Slope[] =>
    layers.map((layer) => all?.[layer - 1] ?? none);
  const beside = (slope: Slope, index: number): JudgedSlope => {
    const found = verdict?.classes.movement.find(({ layer }) => layer === layers[index]);
    return { ...slope, predicted: found?.predicted ?? null, agreement: found?.agreement ?? null };
  };
  const alone = (slope: Slope): JudgedSlope => ({ ...slope, predicted: null, agreement: null });
  return {
    movement: pick(slopes?.movement).map(beside),
    lambdaMin: pick(slopes?.lambdaMin).map(alone),
    lambdaMinJoint: pick(slopes?.lambdaMinJoint),
  };
}

function startAt(runs: TabledComparison['rows'], width: number, layer: number): TableRow['start'] {
  const outcomes = runs.filter((run) => run.width === width).flatMap((run) => run.layers[layer - 1] ?? []);
  const limit = outcomes[0]?.lambdaMinLimit ?? null;
  const measured = wholeMean(outcomes.map(({ lambdaMinInit }) => lambdaMinInit));
  return { measured: valueText(measured), limit: valueText(limit) };
}

function lossAt(runs: TabledComparison['rows'], width: number): string {
  const losses = runs.filter((run) => run.width === width).map((run) => run.loss);
  return `${valueText(wholeMean(losses.map(([first]) => first)))} → ${valueText(wholeMean(losses.map(([, last]) => last)))}`;
}
