import type { Curve, Figure } from '../figure.ts';
import { curveStyles } from '../palette.ts';
import { loss } from '../quantities/loss.ts';
import { movement } from '../quantities/movement.ts';
import { stepAxis, valueAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { type SeedMean, seedMean } from '../seed-mean.ts';
import type { MeasuredRow } from './measured.ts';
import type { ComparisonSetting } from './setting.ts';

/** What is drawn over steps: the loss, or the movement of one layer. */
export type StepQuantity =
  | { readonly name: 'loss'; readonly layer: null }
  | { readonly name: 'movement'; readonly layer: number };

const QUANTITIES = { loss, movement } as const;

/**
 * A quantity over steps, a figure a width, all on the same axes; a curve a parametrization: geometric means over seeds, so
 * on a logarithmic axis. While some runs have not ended, what has ended stands back.
 */
export function stepFigures(
  quantity: StepQuantity,
  rows: readonly MeasuredRow[],
  setting: ComparisonSetting,
): readonly Figure[] {
  const { widths, steps } = setting;
  const curves = widths.map((width) => widthCurves(quantity, width, { rows, setting }));
  const y = valueAxis('log', extentOf(stayingValues(curves.flat())));
  const { name, layer } = quantity;
  return widths.map((width, index) => ({
    id: `${name}-width-${width}`,
    title: layer === null ? `Loss at width ${width}` : `Movement of layer ${layer} at width ${width}`,
    formula: QUANTITIES[name].formula,
    x: stepAxis(steps),
    y,
    curves: curves[index]!,
    references: [],
    notes: [],
  }));
}

interface Measured {
  readonly rows: readonly MeasuredRow[];
  readonly setting: ComparisonSetting;
}

function widthCurves({ name, layer }: StepQuantity, width: number, { rows, setting }: Measured): Curve[] {
  const styles = curveStyles(setting.parametrizations);
  const running = rows.some(({ state }) => state === 'running');
  return setting.parametrizations.map(({ name: parametrization, label }): Curve => {
    const own = rows.filter((row) => row.parametrization === parametrization && row.width === width);
    const ended = own.filter(({ state }) => state !== 'running');
    // A seed that has just begun would cut the mean off where it stands.
    const means = stepMeans(ended.length > 0 ? ended : own, { name, layer });
    const leaves = own.some(({ state }) => state === 'diverged');
    return {
      label,
      remark: leaves ? '✗' : '',
      ...styles.get(parametrization)!,
      faint: running && ended.length === own.length,
      x: means.map(({ step }) => step),
      y: means.map(({ mean }) => mean),
      intervals: means.map(({ interval }) => interval),
      dots: [],
      leaves,
      source: { parametrization, width, quantity: name, layer },
    };
  });
}

/** Means over seeds, up to where the first of them has diverged: those left over would flatter. */
function stepMeans(
  rows: readonly MeasuredRow[],
  { name, layer }: { readonly name: string; readonly layer: number | null },
): readonly (SeedMean & { readonly step: number })[] {
  const bySteps = new Map<number, number[]>();
  for (const { series } of rows) {
    const column = series.find((each) => each.quantity === name && each.layer === layer);
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
