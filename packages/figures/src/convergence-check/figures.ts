import { extrapolated, type QuantityName } from '@widthwise/core';
import type { Curve, Figure, ReferenceLine } from '../figure.ts';
import { isToldFromZero } from '../infinite-width/figures.ts';
import type { CurveColor } from '../palette.ts';
import { errorNorm } from '../quantities/error-norm.ts';
import { gradientNorm } from '../quantities/gradient-norm.ts';
import { lambdaMin } from '../quantities/lambda-min.ts';
import { loss } from '../quantities/loss.ts';
import { stepAxis, valueAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { seedMean } from '../seed-mean.ts';
import type { ConvergenceSetting, MeasuredConvergence } from './findings.ts';

/** In turn from the first layer or width on. */
const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];

/** What one curve is drawn of: a quantity of a layer at a width. */
interface Drawn {
  readonly label: string;
  readonly width: number;
  readonly quantity: QuantityName;
  readonly layer: number | null;
  readonly dotted?: boolean;
}

/**
 * Loss at every width; at the widest, the error beside what gradients bound it by, gradients of every layer, and λ_min beside
 * its limit: means over seeds against steps.
 */
export function convergenceFigures(
  runs: readonly MeasuredConvergence[],
  setting: ConvergenceSetting,
): readonly Figure[] {
  const { widths, depth } = setting;
  const width = widestOf(runs, widths);
  const layers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  const figure = (
    of: Omit<Figure, 'x' | 'y' | 'curves' | 'references' | 'notes'>,
    drawn: readonly Drawn[],
    references: readonly ReferenceLine[] = [],
  ): Figure => {
    const curves = drawn.map((each, index) =>
      curveOf(runs, each, { setting, color: COLORS[index % COLORS.length]! }),
    );
    const values = [...curves.flatMap(({ y }) => y), ...references.map(({ y }) => y)];
    return {
      ...of,
      x: stepAxis(setting.steps),
      y: valueAxis('log', extentOf(values)),
      curves,
      references,
      notes: [],
    };
  };
  return [
    lossFigure(
      figure(
        { id: 'loss', title: 'Loss at every width', formula: loss.formula },
        widths.map((each) => ({ label: String(each), width: each, quantity: loss.name, layer: null })),
      ),
      runs,
      setting,
    ),
    figure({ id: 'error', title: `Error and its bounds at width ${width}`, formula: errorNorm.formula }, [
      { label: '‖χ‖', width, quantity: errorNorm.name, layer: null },
      { label: 'readout', width, quantity: 'errorBound', layer: null },
      { label: 'all', width, quantity: 'tangentErrorBound', layer: null, dotted: true },
    ]),
    figure(
      { id: 'gradient', title: `${gradientNorm.title} at width ${width}`, formula: gradientNorm.formula },
      layers(depth + 1).map((layer) => ({
        label: layer > depth ? 'readout' : `l${layer}`,
        width,
        quantity: gradientNorm.name,
        layer,
      })),
    ),
    figure(
      { id: 'lambda-min', title: `λ_min at width ${width}`, formula: lambdaMin.formula },
      layers(depth).map((layer) => ({ label: `l${layer}`, width, quantity: lambdaMin.name, layer })),
      setting.limits.flatMap((limit, index) =>
        limit === null || limit <= 0 ? [] : [{ label: `l${index + 1} n = ∞`, remark: '', y: limit }],
      ),
    ),
  ];
}

/** With what the losses come to as the width grows, extrapolated at every step that each run has reached, and solved where it is. */
function lossFigure(
  figure: Figure,
  runs: readonly MeasuredConvergence[],
  { parametrization, infiniteWidth }: ConvergenceSetting,
): Figure {
  const losses = runs.flatMap(({ width, columns }) => {
    const column = columns.find((each) => each.quantity === loss.name);
    return column === undefined ? [] : [{ width, column }];
  });
  const found = (losses[0]?.column.steps ?? []).flatMap((step) => {
    const points = losses.flatMap(({ width, column }) => {
      const value = column.values[column.steps.indexOf(step)];
      return value === undefined ? [] : [{ width, value }];
    });
    const estimate = points.length === runs.length ? extrapolated(points) : null;
    return estimate === null || !isToldFromZero(estimate) ? [] : [{ step, ...estimate }];
  });
  const solved = (infiniteWidth?.loss ?? []).filter((point) => (point.limit ?? 0) > 0);
  if (found.length === 0 && solved.length === 0) return figure;
  const limit: Curve = {
    label: 'n → ∞',
    remark: '',
    color: 'text',
    dotted: true,
    faint: false,
    x: found.map(({ step }) => step),
    y: found.map(({ value }) => value),
    intervals: found.map(({ low, high }) => [low, high]),
    dots: [],
    leaves: false,
    source: { parametrization, quantity: loss.name, layer: null },
  };
  const equations: Curve = {
    ...limit,
    label: 'n → ∞, solved',
    x: solved.map(({ step }) => step),
    y: solved.map((point) => point.limit!),
    intervals: [],
  };
  const curves = [...figure.curves, limit, ...(solved.length === 0 ? [] : [equations])];
  return {
    ...figure,
    y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
    curves,
    notes: [
      'n → ∞: a of a + c/n over these widths, as far as its interval leaves 0 out; no estimate where η is near the largest stable one.',
    ],
  };
}

/** The widest that has been measured; before anything is, the widest there is. */
function widestOf(runs: readonly MeasuredConvergence[], widths: readonly number[]): number {
  const measured = runs.filter(({ columns }) => columns.length > 0).map(({ width }) => width);
  return Math.max(...(measured.length > 0 ? measured : widths));
}

function curveOf(
  runs: readonly MeasuredConvergence[],
  { label, width, quantity, layer, dotted = false }: Drawn,
  { setting, color }: { readonly setting: ConvergenceSetting; readonly color: CurveColor },
): Curve {
  const bySteps = new Map<number, number[]>();
  for (const run of runs.filter((each) => each.width === width)) {
    const column = run.columns.find((each) => each.quantity === quantity && each.layer === layer);
    for (const [index, step] of (column?.steps ?? []).entries()) {
      bySteps.set(step, [...(bySteps.get(step) ?? []), column!.values[index]!]);
    }
  }
  const means = [...bySteps.entries()]
    .sort(([left], [right]) => left - right)
    .flatMap(([step, values]) => {
      const mean = seedMean(values);
      return mean === null ? [] : [{ step, ...mean }];
    });
  return {
    label,
    remark: '',
    color,
    dotted,
    faint: false,
    x: means.map(({ step }) => step),
    y: means.map(({ mean }) => mean),
    intervals: means.map(({ interval }) => interval),
    dots: [],
    leaves: false,
    source: { parametrization: setting.parametrization, width, quantity, layer },
  };
}
