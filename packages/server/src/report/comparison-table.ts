import {
  type ComparisonReport,
  type ComparisonRow,
  type ComparisonSlopes,
  type ComparisonVerdict,
  judgedLayers,
  type Slope,
} from '@widthwise/core';
import { valueText } from '@widthwise/figures';
import type { ReportContext } from './report-context.ts';

export type Mark = 'yes' | 'no' | 'open' | 'none';

/** A verdict twice, as a sign and as a word, so that neither color nor language has to carry it alone. */
export interface VerdictCell {
  readonly mark: Mark;
  readonly word: string;
}

/** One parametrization in the table. */
export interface TableRow {
  readonly name: string;
  readonly label: string;
  readonly features: VerdictCell;
  readonly richness: VerdictCell;
  /** Stands instead of the numbers where no run reached its end. */
  readonly statement: string | null;
  /** Of the judged layers. */
  readonly movement: readonly Slope[];
  readonly lambdaMin: readonly Slope[];
  readonly lambdaMinJoint: readonly Slope[];
  /** λ_min of the last layer at initialization, mean over seeds at the widest, beside its infinite-width value. */
  readonly start: { readonly measured: string; readonly limit: string };
  /** At the widest, mean over seeds: before the first and after the last update. */
  readonly loss: string;
}

/** What terminal, Markdown and page print, each in its own way. */
export interface ComparisonTable {
  /** The layers that verdicts are made of, 1-based. */
  readonly layers: readonly number[];
  readonly widest: number;
  readonly rows: readonly TableRow[];
}

export const SIGNS: Readonly<Record<Mark, string>> = { yes: '✓', no: '✗', open: '?', none: ' ' };

/** The table of a report, one row a parametrization, in the order they were asked for. */
export function comparisonTable(
  report: ComparisonReport,
  { request, labels }: ReportContext,
): ComparisonTable {
  const layers = judgedLayers(request.depth);
  const widest = request.widths.at(-1)!;
  const rows = request.parametrizations.map(({ name }) => {
    const runs = report.rows.filter((row) => row.parametrization === name);
    const verdict = report.verdicts?.[name] ?? null;
    const slopes = report.slopes[name];
    return {
      name,
      label: labels[name] ?? name,
      features: featuresCell(verdict),
      richness: richnessCell(verdict),
      statement: verdict?.divergence?.everywhere ? (verdict.reasons[0] ?? null) : null,
      ...judged(slopes, layers),
      start: startAt(runs, widest, layers.at(-1)!),
      loss: lossAt(runs, widest),
    };
  });
  return { layers, widest, rows };
}

function judged(
  slopes: ComparisonSlopes | undefined,
  layers: readonly number[],
): Pick<TableRow, 'movement' | 'lambdaMin' | 'lambdaMinJoint'> {
  const none: Slope = { value: null, low: null, high: null };
  const pick = (all: readonly Slope[] | undefined): Slope[] =>
    layers.map((layer) => all?.[layer - 1] ?? none);
  return {
    movement: pick(slopes?.movement),
    lambdaMin: pick(slopes?.lambdaMin),
    lambdaMinJoint: pick(slopes?.lambdaMinJoint),
  };
}

function featuresCell(verdict: ComparisonVerdict | null): VerdictCell {
  if (verdict === null) return { mark: 'none', word: '' };
  if (verdict.stable === false) return { mark: 'no', word: 'unstable' };
  if (verdict.featureLearning === null) return { mark: 'open', word: 'undecided' };
  return verdict.featureLearning ? { mark: 'yes', word: 'moves' } : { mark: 'no', word: 'frozen' };
}

function richnessCell(verdict: ComparisonVerdict | null): VerdictCell {
  if (verdict === null) return { mark: 'none', word: '' };
  if (verdict.richness === null) return { mark: 'open', word: 'undecided' };
  return verdict.richness === 'rich' ? { mark: 'yes', word: 'rich' } : { mark: 'no', word: 'low' };
}

function startAt(runs: readonly ComparisonRow[], width: number, layer: number): TableRow['start'] {
  const outcomes = runs.filter((run) => run.width === width).flatMap((run) => run.layers[layer - 1] ?? []);
  const limit = outcomes[0]?.lambdaMinLimit ?? null;
  const measured = mean(outcomes.map(({ lambdaMinInit }) => lambdaMinInit));
  return { measured: valueText(measured), limit: valueText(limit) };
}

function lossAt(runs: readonly ComparisonRow[], width: number): string {
  const losses = runs.filter((run) => run.width === width).map((run) => run.loss);
  return `${valueText(mean(losses.map(([first]) => first)))} → ${valueText(mean(losses.map(([, last]) => last)))}`;
}

/** Null where there is nothing, or something has no value. */
function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.length < values.length) return null;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
