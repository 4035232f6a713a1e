import type { LimitPoint, LimitReport } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import type { CurveColor } from '../palette.ts';
import { stepAxis, valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { exponentText } from '../words/slope-text.ts';

const COLORS: readonly CurveColor[] = ['sky-blue', 'green', 'orange', 'purple', 'blue', 'vermilion'];

/** Loss and λ_min over steps, a curve a width and the limit; the distance of Grams from it against width. */
export function limitFigures(
  report: LimitReport,
  { widths, steps }: { readonly widths: readonly number[]; readonly steps: number },
): readonly Figure[] {
  const over = { widths, steps };
  return [
    stepFigure({ id: 'loss', title: 'loss', formula: 'the training loss' }, report.loss, over),
    stepFigure(
      {
        id: 'lambda-min',
        title: 'λ_min',
        formula: 'of the Gram xᵀx/n of the last hidden layer, averaged over seeds',
      },
      report.lambdaMin,
      over,
    ),
    ...(report.distance === null ? [] : [distanceFigure(report.distance, widths)]),
  ];
}

function stepFigure(
  named: Pick<Figure, 'id' | 'title' | 'formula'>,
  points: readonly LimitPoint[],
  { widths, steps }: { readonly widths: readonly number[]; readonly steps: number },
): Figure {
  const networks = widths.map((width, index): Curve => {
    const own = points.flatMap(({ step, byWidth }) => {
      const found = byWidth.find((each) => each.width === width);
      return found === undefined ? [] : [{ step, ...found }];
    });
    return {
      ...blank(`n = ${width}`, COLORS[index % COLORS.length]!),
      x: own.map(({ step }) => step),
      y: own.map(({ value }) => value),
      intervals: own.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
    };
  });
  const known = points.filter(({ limit }) => (limit ?? 0) > 0);
  const limit: Curve = {
    ...blank('n → ∞', 'text'),
    dotted: true,
    x: known.map(({ step }) => step),
    y: known.map(({ limit: value }) => value!),
  };
  const curves = [...networks, limit];
  return {
    ...named,
    x: stepAxis(steps),
    y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
    curves,
    references: [],
    notes: known.length === 0 ? ['The limit has no equations here.'] : [],
  };
}

function distanceFigure(
  { slope, byWidth }: NonNullable<LimitReport['distance']>,
  widths: readonly number[],
): Figure {
  return {
    id: 'distance',
    title: 'distance from the limit',
    formula: '‖Φ_n − Φ‖_F / ‖Φ‖_F of one network after the last step',
    x: widthAxis(widths),
    y: valueAxis('log', extentOf(byWidth.map(({ value }) => value))),
    curves: [
      {
        ...blank('Gram', 'green'),
        remark: slope.value === null ? '' : exponentText(slope.value),
        x: byWidth.map(({ width }) => width),
        y: byWidth.map(({ value }) => value),
        intervals: byWidth.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
      },
    ],
    references: [],
    notes: ['Theory: −½.'],
  };
}

function blank(label: string, color: CurveColor): Curve {
  return {
    ...{ label, remark: '', color, dotted: false, faint: false, leaves: false, source: null },
    ...{ x: [], y: [], intervals: [], dots: [] },
  };
}
