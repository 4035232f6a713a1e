import type { LayerOutcome } from '@widthwise/protocol';
import type { ShownComparison } from '../comparison-store.ts';
import { lambdaMin } from '../metrics/lambda-min.ts';
import type { Metric } from '../metrics/metric.ts';
import { movement } from '../metrics/movement.ts';
import { type Extent, logRange, logTicks, union } from './axis-range.ts';
import type { ChartModel, Line } from './chart-model.ts';
import { parametrizationColors, parametrizationDash } from './colors.ts';

interface WidthChart {
  readonly name: string;
  readonly metric: Metric;
  readonly title: string;
  read(layer: LayerOutcome): number | null;
}

const CHARTS: readonly WidthChart[] = [
  {
    name: 'movementByWidth',
    metric: movement,
    title: 'movement against width',
    read: (layer) => layer.movement,
  },
  {
    name: 'lambdaMinByWidth',
    metric: lambdaMin,
    title: 'λ_min after training against width',
    read: (layer) => layer.lambdaMinFinal,
  },
];

/** Movement and λ_min of one layer against width, one curve a parametrization, filling in as runs end. */
export function widthCharts(comparison: ShownComparison, layer: number): ChartModel[] {
  const { widths } = comparison.plan;
  const margin = 1.12;
  return CHARTS.map((chart) => {
    const lines = [...measuredLines(comparison, layer, chart)];
    if (chart.metric.quantity === 'lambdaMin') lines.push(...limitLines(comparison, layer));
    const range = logRange(
      lines.reduce<Extent | null>((extent, line) => union(extent, extentOf(line)), null),
    );
    return {
      name: chart.name,
      title: chart.title,
      formula: chart.metric.formula,
      along: 'width',
      x: {
        scale: 'log',
        range: [Math.min(...widths) / margin, Math.max(...widths) * margin],
        ticks: widths,
      },
      y: { scale: 'log', range, ticks: logTicks(range) },
      lines,
      endLabels: 'name',
    };
  });
}

function measuredLines(comparison: ShownComparison, layer: number, { metric, read }: WidthChart): Line[] {
  const { plan, runs } = comparison;
  const colors = parametrizationColors(plan.parametrizations.map(({ name }) => name));
  return plan.parametrizations.map(({ name, label }) => {
    const dots = runs
      .filter((run) => run.parametrization === name && run.state.kind === 'finished')
      .flatMap((run): [number, number][] => {
        const outcome = run.outcome?.layers.find((each) => each.layer === layer);
        const value = outcome === undefined ? null : read(outcome);
        return value === null || value <= 0 ? [] : [[run.width, value]];
      });
    const means = geometricMeans(dots);
    return {
      kind: 'measured',
      label: means.length === 0 ? '' : label,
      color: colors.get(name) ?? 'text',
      dash: parametrizationDash(name),
      strength: 1,
      x: means.map(([width]) => width),
      y: means.map(([, mean]) => mean),
      dots,
      source: { parametrization: name, quantity: metric.quantity, layer },
    };
  });
}

/** The middle of each width's points as a logarithmic axis shows it. */
function geometricMeans(dots: readonly (readonly [number, number])[]): [number, number][] {
  const byWidth = new Map<number, number[]>();
  for (const [width, value] of dots) byWidth.set(width, [...(byWidth.get(width) ?? []), Math.log(value)]);
  return [...byWidth]
    .sort(([a], [b]) => a - b)
    .map(([width, logs]) => [width, Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)]);
}

/** One dashed line for each infinite-width value; parametrizations that share one share the line. */
function limitLines({ plan }: ShownComparison, layer: number): Line[] {
  const limits = plan.parametrizations.map(({ name }) => plan.limits[name]?.[layer - 1] ?? 0);
  const ends = [Math.min(...plan.widths), Math.max(...plan.widths)];
  return [...new Set(limits.filter((limit) => limit > 0))].map((limit) => ({
    kind: 'theory',
    label: 'limit',
    color: 'text',
    dash: [5, 4],
    strength: 0.7,
    x: ends,
    y: [limit, limit],
    dots: [],
    source: null,
  }));
}

function extentOf({ y, dots }: Line): Extent | null {
  const values = [...y, ...dots.map(([, value]) => value)];
  return values.length === 0 ? null : [Math.min(...values), Math.max(...values)];
}
