import { type Column, findColumn } from '../columns.ts';
import type { ShownComparison, ShownRun } from '../comparison-store.ts';
import { effectiveRank } from '../metrics/effective-rank.ts';
import { lambdaMin } from '../metrics/lambda-min.ts';
import { loss } from '../metrics/loss.ts';
import type { Metric } from '../metrics/metric.ts';
import { movement } from '../metrics/movement.ts';
import { type Extent, linearRange, logRange, logTicks, union } from './axis-range.ts';
import type { ChartAxis, ChartModel, Line } from './chart-model.ts';
import { type ColorToken, parametrizationColors } from './colors.ts';

/** A run whose values reach this many times those of most runs has no say in where an axis ends. */
const OUTLYING = 30;

/** Loss, movement, λ_min and effective rank of one run over its steps; empty frames while there is no run. */
export function stepCharts(comparison: ShownComparison, run: ShownRun | null): ChartModel[] {
  const { plan } = comparison;
  const layers = Array.from({ length: plan.depth }, (_, index) => index + 1);
  const names = plan.parametrizations.map(({ name }) => name);
  const color = (run && parametrizationColors(names).get(run.parametrization)) ?? 'text';
  const line = (metric: Metric, layer: number | null): Line => ({
    ...measuredLine(run, metric, layer, color),
    // Rank of h¹ says nothing of training, so no verdict reads layer 1 of a deeper net.
    strength: layer === 1 && plan.depth > 1 ? 0.55 : 1,
  });
  const chart = (metric: Metric, lines: readonly Line[]): ChartModel => ({
    name: metric.quantity,
    title: metric.name,
    formula: metric.formula,
    along: 'step',
    x: { scale: 'linear', range: [0, plan.steps], ticks: null },
    y: valueAxis(metric, comparison, run, lines),
    lines,
    endLabels: 'value',
  });
  return [
    chart(loss, [line(loss, null)]),
    chart(
      movement,
      layers.map((layer) => line(movement, layer)),
    ),
    chart(lambdaMin, [
      ...layers.map((layer) => line(lambdaMin, layer)),
      ...layers.map((layer) => limitLine(comparison, run, layer)),
    ]),
    chart(
      effectiveRank,
      layers.map((layer) => line(effectiveRank, layer)),
    ),
  ];
}

function measuredLine(
  run: ShownRun | null,
  metric: Metric,
  layer: number | null,
  color: ColorToken,
): Omit<Line, 'strength'> {
  const column = run === null ? undefined : findColumn(run.columns, metric.quantity, layer);
  return {
    kind: 'measured',
    label: layer === null ? '' : `l${layer}`,
    color,
    dash: [],
    x: column?.steps ?? [],
    y: column?.values ?? [],
    dots: [],
    source:
      run === null
        ? null
        : {
            parametrization: run.parametrization,
            width: run.width,
            seed: run.seed,
            quantity: metric.quantity,
            layer,
          },
  };
}

/** The infinite-width value of a layer, where there is one above 0: a logarithmic axis has no place for 0. */
function limitLine({ plan }: ShownComparison, run: ShownRun | null, layer: number): Line {
  const limit = run === null ? null : (plan.limits[run.parametrization]?.[layer - 1] ?? null);
  const drawn = limit !== null && limit > 0;
  return {
    kind: 'theory',
    label: drawn ? `l${layer} limit` : '',
    color: 'text',
    dash: [5, 4],
    strength: 0.7,
    x: drawn ? [0, plan.steps] : [],
    y: drawn ? [limit, limit] : [],
    dots: [],
    source: null,
  };
}

/**
 * One axis for all runs of a comparison, so that runs can be told apart by eye and the frame stands still; on a
 * logarithmic one, for those of one parametrization, since another may lie decades away.
 */
function valueAxis(
  { quantity, scale }: Metric,
  { runs }: ShownComparison,
  shown: ShownRun | null,
  lines: readonly Line[],
): ChartAxis {
  const measured = runs
    .filter(({ state }) => state.kind !== 'diverged')
    .filter(({ parametrization }) => scale === 'linear' || parametrization === shown?.parametrization)
    .map(({ columns }) => runExtent(columns, quantity, scale))
    .filter((extent) => extent !== null);
  const theory = lines.flatMap(({ kind, y }): Extent[] =>
    kind === 'theory' && y[0] !== undefined ? [[y[0], y[0]]] : [],
  );
  const extent = [...withoutOutliers(measured), ...theory].reduce<Extent | null>(union, null);
  const range = scale === 'log' ? logRange(extent) : linearRange(extent);
  return { scale, range, ticks: scale === 'log' ? logTicks(range) : null };
}

/** What blows up would squeeze all else into one pixel: it leaves through the top instead. */
function withoutOutliers(extents: readonly Extent[]): readonly Extent[] {
  const tops = extents.map(([, max]) => max).sort((a, b) => a - b);
  const limit = OUTLYING * (tops[Math.floor((tops.length - 1) / 2)] ?? 0);
  return extents.filter(([, max]) => max <= limit);
}

function runExtent(
  columns: readonly Column[],
  quantity: Column['quantity'],
  scale: Metric['scale'],
): Extent | null {
  return columns
    .filter((column) => column.quantity === quantity)
    .map((column) => extentOf(column, scale))
    .reduce<Extent | null>(union, null);
}

function extentOf(column: Column, scale: 'linear' | 'log'): Extent | null {
  const low = scale === 'log' ? column.leastPositive : column.min;
  return Number.isFinite(low) ? [low, column.max] : null;
}
