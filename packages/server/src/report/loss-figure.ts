import type { ComparisonRow } from '@widthwise/core';
import { curveLabel, curveStyles } from './curve-style.ts';
import type { CurvePoint, Figure } from './figure.ts';
import type { ReportContext } from './report-context.ts';
import { seedMean } from './seed-mean.ts';

/** The loss against step at the widest, a curve a parametrization. */
export function lossFigure(rows: readonly ComparisonRow[], { request, labels }: ReportContext): Figure {
  const widest = request.widths.at(-1)!;
  const styles = curveStyles(Object.values(labels));
  const curves = request.parametrizations.flatMap(({ name }) => {
    const label = labels[name] ?? name;
    const at = rows.filter((row) => row.parametrization === name && row.width === widest);
    const points = lossPoints(at);
    const leaves = at.some((row) => row.state === 'diverged');
    if (points.length === 0) return [];
    return [{ label: curveLabel(label, leaves ? '✗' : null), points, leaves, ...styles.get(label)! }];
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

/** Means over seeds, up to where the first of them has diverged: those left over would flatter. */
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
    .filter(([, values]) => values.length === rows.length)
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
