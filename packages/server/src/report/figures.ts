import {
  type ComparisonLayer,
  type ComparisonReport,
  type ComparisonRow,
  type ComparisonSlopes,
  formatSlope,
  judgedLayers,
} from '@widthwise/core';
import { type CurveStyle, curveStyles } from './curve-style.ts';
import type { Curve, CurvePoint, Figure, ReferenceLine } from './figure.ts';
import { valueText } from './number-format.ts';
import type { ReportContext } from './report-context.ts';
import { seedMean } from './seed-mean.ts';

/** A quantity of a layer that is drawn against width. */
interface WidthQuantity {
  readonly id: 'movement' | 'lambdaMin' | 'lambdaMinJoint';
  readonly title: string;
  readonly value: (layer: ComparisonLayer) => number | null;
}

const MOVEMENT: WidthQuantity = {
  id: 'movement',
  title: 'Movement of layer',
  value: ({ movement }) => movement,
};
const LAMBDA_MIN: WidthQuantity = {
  id: 'lambdaMin',
  title: 'λ_min of layer',
  value: ({ lambdaMinFinal }) => lambdaMinFinal,
};
const LAMBDA_MIN_JOINT: WidthQuantity = {
  id: 'lambdaMinJoint',
  title: 'Joint λ_min of layer',
  value: ({ lambdaMinJoint }) => lambdaMinJoint,
};

const LONGEST_LABEL = 14;

/** The small multiples of a report, a row a quantity: against width for each judged layer, then loss against step. */
export function comparisonFigures(
  report: ComparisonReport,
  context: ReportContext,
): readonly (readonly Figure[])[] {
  const layers = judgedLayers(context.request.depth);
  const against = (quantity: WidthQuantity): Figure[] =>
    layers.map((layer) => widthFigure(quantity, layer, report, context));
  return [
    against(MOVEMENT),
    against(LAMBDA_MIN),
    against(LAMBDA_MIN_JOINT),
    [lossFigure(report.rows, context)],
  ];
}

function widthFigure(
  { id, title, value }: WidthQuantity,
  layer: number,
  { rows, slopes }: ComparisonReport,
  { request, labels }: ReportContext,
): Figure {
  const notes: string[] = [];
  const styles = curveStyles(Object.values(labels));
  const curves = request.parametrizations.flatMap(({ name }) => {
    const label = labels[name] ?? name;
    const own = rows.filter((row) => row.parametrization === name);
    const points = request.widths.flatMap((width) => {
      const at = own.filter((row) => row.width === width);
      return (
        seedMean(
          width,
          at.map((row) => layerValue(row, layer, value)),
        ) ?? []
      );
    });
    if (points.length === 0) {
      notes.push(
        `${label}: ${own.every(({ state }) => state === 'diverged') ? 'its runs diverge' : 'no value above 0'}.`,
      );
      return [];
    }
    const slope = slopeOf(slopes[name], id, layer);
    return [curve(slope === null ? short(label) : `${short(label)} ${slope}`, points, styles.get(label)!)];
  });
  return {
    id: `${id}-layer-${layer}`,
    title: `${title} ${layer}`,
    xTitle: 'width',
    xScale: 'log',
    xTicks: request.widths,
    curves,
    ...(id === 'lambdaMin' ? limits(rows, layer, notes, labels) : { references: [], notes }),
  };
}

function layerValue(row: ComparisonRow, layer: number, value: WidthQuantity['value']): number | null {
  const outcome = row.layers.find((candidate) => candidate.layer === layer);
  return outcome === undefined || row.state === 'diverged' ? null : value(outcome);
}

function slopeOf(
  slopes: ComparisonSlopes | undefined,
  id: WidthQuantity['id'],
  layer: number,
): string | null {
  const slope = slopes?.[id][layer - 1];
  // Without its interval, which the band shows.
  return slope === undefined || slope.value === null ? null : formatSlope(slope).split(' ')[0]!;
}

/** The infinite-width values: one line for all that share it, a sentence for those whose limit is 0. */
function limits(
  rows: readonly ComparisonRow[],
  layer: number,
  notes: readonly string[],
  labels: ReportContext['labels'],
): Pick<Figure, 'references' | 'notes'> {
  const byName = new Map<string, number>();
  for (const row of rows) {
    const limit = row.layers.find((candidate) => candidate.layer === layer)?.lambdaMinLimit ?? null;
    if (limit !== null) byName.set(row.parametrization, limit);
  }
  const references: ReferenceLine[] = [...new Set(byName.values())]
    .filter((limit) => limit > 0)
    .map((y) => ({ label: `n = ∞ ${valueText(y)}`, y }));
  const vanishing = [...byName].filter(([, limit]) => limit === 0).map(([name]) => labels[name] ?? name);
  const limitZero = vanishing.map((label) => `${label}: limit 0 at infinite width.`);
  return { references, notes: [...notes, ...limitZero] };
}

function lossFigure(rows: readonly ComparisonRow[], { request, labels }: ReportContext): Figure {
  const widest = request.widths.at(-1)!;
  const styles = curveStyles(Object.values(labels));
  const curves = request.parametrizations.flatMap(({ name }) => {
    const label = labels[name] ?? name;
    const at = rows.filter((row) => row.parametrization === name && row.width === widest);
    const points = lossPoints(at);
    const leaves = at.some((row) => row.state === 'diverged');
    const ends = leaves ? `${short(label)} ✗` : short(label);
    return points.length === 0 ? [] : [{ ...curve(ends, points, styles.get(label)!), leaves }];
  });
  return {
    id: 'loss',
    title: `Loss at width ${widest}`,
    xTitle: 'step',
    xScale: 'linear',
    xTicks: stepTicks(request.steps),
    curves,
    references: [],
    notes: [],
  };
}

/** Means over the seeds that have a loss at a step: a diverged one ends before the others. */
function lossPoints(rows: readonly ComparisonRow[]): CurvePoint[] {
  const bySteps = new Map<number, number[]>();
  for (const { series } of rows) {
    const loss = series.find(({ quantity }) => quantity === 'loss');
    for (const [index, step] of (loss?.steps ?? []).entries()) {
      bySteps.set(step, [...(bySteps.get(step) ?? []), loss!.values[index]!]);
    }
  }
  return [...bySteps.entries()]
    .sort(([left], [right]) => left - right)
    .flatMap(([step, values]) => seedMean(step, values) ?? []);
}

/** 0 and T, and round steps between them. */
function stepTicks(steps: number): number[] {
  const rough = steps / 5;
  const decade = Number(`1e${Math.floor(Math.log10(rough))}`);
  const every = Math.max(1, [1, 2, 5, 10].map((digit) => digit * decade).find((size) => size >= rough)!);
  const ticks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, index) => index * every);
  return ticks.at(-1) === steps ? ticks : [...ticks, steps];
}

function curve(label: string, points: readonly CurvePoint[], style: CurveStyle): Curve {
  return { label, points, leaves: false, ...style };
}

/** A name that fits beside a curve. */
function short(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}
