import { judgedLayers } from '@widthwise/core';
import { type Column, findColumn } from '../columns.ts';
import type { Curve, Figure, ReferenceLine } from '../figure.ts';
import { type CurveColor, curveStyles } from '../palette.ts';
import { effectiveRank } from '../quantities/effective-rank.ts';
import { lambdaMin } from '../quantities/lambda-min.ts';
import { loss } from '../quantities/loss.ts';
import { movement } from '../quantities/movement.ts';
import type { Quantity } from '../quantities/quantity.ts';
import { type Axis, stepAxis, valueAxis } from '../scales/axis.ts';
import { type Extent, union } from '../scales/extent.ts';
import { valueText } from '../words/number-text.ts';
import type { ComparisonSetting } from './setting.ts';

/** One run as far as it has come. */
export interface RunSoFar {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly state: { readonly kind: string };
  readonly columns: readonly Column[];
}

type RunQuantity = Quantity<Column['quantity']>;

/** A run whose values reach this many times those of most runs has no say in where an axis ends. */
const OUTLYING = 30;

/**
 * Loss, movement, λ_min and effective rank of one run over its steps; empty frames while there is no run.
 *
 * @param runs all of the comparison, whose values the axes are for
 */
export function runFigures(
  run: RunSoFar | null,
  runs: readonly RunSoFar[],
  setting: ComparisonSetting,
): readonly Figure[] {
  const layers = Array.from({ length: setting.depth }, (_, index) => index + 1);
  const figure = (quantity: RunQuantity, of: readonly (number | null)[]): Figure => {
    const references = quantity === lambdaMin ? limitLines(run, setting) : [];
    return {
      id: quantity.name,
      title: quantity.title,
      formula: quantity.formula,
      x: stepAxis(setting.steps),
      y: runAxis(quantity, run, runs, references),
      curves: of.map((layer) => runCurve(run, quantity, layer, setting)),
      references,
      notes: [],
    };
  };
  return [
    figure(loss, [null]),
    figure(movement, layers),
    figure(lambdaMin, layers),
    figure(effectiveRank, layers),
  ];
}

function runCurve(
  run: RunSoFar | null,
  { name }: RunQuantity,
  layer: number | null,
  { depth, parametrizations }: ComparisonSetting,
): Curve {
  const column = run === null ? undefined : findColumn(run.columns, name, layer);
  const color: CurveColor = curveStyles(parametrizations).get(run?.parametrization ?? '')?.color ?? 'text';
  const { parametrization, width, seed } = run ?? { parametrization: '', width: 0, seed: 0 };
  return {
    label: layer === null ? '' : `l${layer}`,
    remark: column === undefined ? '' : valueText(column.values.at(-1) ?? null),
    color,
    dotted: false,
    // Rank of h¹ says nothing of training, so no verdict reads layer 1 of a deeper net.
    faint: layer !== null && !judgedLayers(depth).includes(layer),
    x: column?.steps ?? [],
    y: column?.values ?? [],
    intervals: [],
    dots: [],
    leaves: false,
    source: run === null ? null : { parametrization, width, seed, quantity: name, layer },
  };
}

/** The infinite-width values of a run's layers, where they are above 0: a logarithmic axis has no place for 0. */
function limitLines(run: RunSoFar | null, { limits }: ComparisonSetting): readonly ReferenceLine[] {
  const own = run === null ? [] : (limits[run.parametrization] ?? []);
  return own.flatMap((limit, index) =>
    limit === null || limit <= 0 ? [] : [{ label: `l${index + 1} n = ∞`, remark: '', y: limit }],
  );
}

/**
 * One axis for all runs of a comparison, so that runs can be told apart by eye and the frame stands still; on a
 * logarithmic one, for those of one parametrization, since another may lie decades away.
 */
function runAxis(
  { name, scale }: RunQuantity,
  run: RunSoFar | null,
  runs: readonly RunSoFar[],
  references: readonly ReferenceLine[],
): Axis {
  const measured = runs
    .filter(({ state }) => state.kind !== 'diverged')
    .filter(({ parametrization }) => scale === 'linear' || parametrization === run?.parametrization)
    .map(({ columns }) => runExtent(columns, name, scale))
    .filter((extent) => extent !== null);
  const theory = references.map(({ y }): Extent => [y, y]);
  return valueAxis(scale, [...withoutOutliers(measured), ...theory].reduce<Extent | null>(union, null));
}

/** What blows up would squeeze all else into one pixel: it leaves through the top instead. */
function withoutOutliers(extents: readonly Extent[]): readonly Extent[] {
  const tops = extents.map(([, max]) => max).sort((left, right) => left - right);
  const limit = OUTLYING * (tops[Math.floor((tops.length - 1) / 2)] ?? 0);
  return extents.filter(([, max]) => max <= limit);
}

function runExtent(
  columns: readonly Column[],
  quantity: Column['quantity'],
  scale: RunQuantity['scale'],
): Extent | null {
  return columns
    .filter((column) => column.quantity === quantity)
    .map((column) => columnExtent(column, scale))
    .reduce<Extent | null>(union, null);
}

function columnExtent(column: Column, scale: RunQuantity['scale']): Extent | null {
  const low = scale === 'log' ? column.leastPositive : column.min;
  return Number.isFinite(low) ? [low, column.max] : null;
}
