import type { ComparisonRow } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import { curveStyles } from '../palette.ts';
import { loss } from '../quantities/loss.ts';
import { stepAxis, valueAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { type SeedMean, seedMean } from '../seed-mean.ts';
import type { ComparisonSetting } from './setting.ts';

/** The loss against step at the widest, a curve a parametrization: geometric means, so on a logarithmic axis. */
export function lossFigure(rows: readonly ComparisonRow[], setting: ComparisonSetting): Figure {
  const widest = setting.widths.at(-1)!;
  const styles = curveStyles(setting.parametrizations);
  const curves = setting.parametrizations.map(({ name, label }): Curve => {
    const at = rows.filter((row) => row.parametrization === name && row.width === widest);
    const means = lossMeans(at);
    const leaves = at.some((row) => row.state === 'diverged');
    return {
      label,
      remark: leaves ? '✗' : '',
      ...styles.get(name)!,
      faint: false,
      x: means.map(({ step }) => step),
      y: means.map(({ mean }) => mean),
      intervals: means.map(({ interval }) => interval),
      dots: [],
      leaves,
      source: { parametrization: name, width: widest, quantity: loss.name, layer: null },
    };
  });
  return {
    id: 'loss',
    title: `Loss at width ${widest}`,
    formula: loss.formula,
    x: stepAxis(setting.steps),
    y: valueAxis('log', extentOf(stayingValues(curves))),
    curves,
    references: [],
    notes: [],
  };
}

/** Means over seeds, up to where the first of them has diverged: those left over would flatter. */
function lossMeans(rows: readonly ComparisonRow[]): readonly (SeedMean & { readonly step: number })[] {
  const bySteps = new Map<number, number[]>();
  for (const { series } of rows) {
    const column = series.find(({ quantity }) => quantity === loss.name);
    for (const [index, step] of (column?.steps ?? []).entries()) {
      bySteps.set(step, [...(bySteps.get(step) ?? []), column!.values[index]!]);
    }
  }
  return [...bySteps.entries()]
    .sort(([left], [right]) => left - right)
    .filter(([, values]) => values.length === rows.length)
    .flatMap(([step, values]) => {
      const mean = seedMean(values);
      return mean === null ? [] : [{ step, ...mean }];
    });
}

/** Curves that leave the figure do not stretch it, unless there is no other. */
function stayingValues(curves: readonly Curve[]): readonly number[] {
  const staying = curves.filter(({ leaves, y }) => !leaves && y.length > 0);
  return (staying.length > 0 ? staying : curves).flatMap(({ y, intervals }) => [
    ...y,
    ...intervals.flatMap((interval, index) =>
      interval === null ? [] : [Math.max(interval[0], y[index]! / 3), Math.min(interval[1], y[index]! * 3)],
    ),
  ]);
}
