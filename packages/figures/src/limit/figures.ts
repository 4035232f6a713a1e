import type { LimitPoint, LimitReport } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import { stepAxis, valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { exponentText } from '../words/slope-text.ts';
import { blankCurve, widthColor } from './curves.ts';
import { lawFigures, readoutFigures } from './law-figures.ts';

/**
 * Loss and λ_min over steps, a curve a width and the limit; the law of units beside the limit's neuron; how far both are
 * from it against width; the readout as the sum of its start and its updates.
 */
export function limitFigures(
  report: LimitReport,
  { widths, steps }: { readonly widths: readonly number[]; readonly steps: number },
): readonly Figure[] {
  const over = { widths, steps, divergesAt: report.limitDivergesAt };
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
    ...lawFigures(report, widths),
    ...(report.distance === null ? [] : [distanceFigure(report, widths)]),
    ...readoutFigures(report),
  ];
}

function stepFigure(
  named: Pick<Figure, 'id' | 'title' | 'formula'>,
  points: readonly LimitPoint[],
  {
    widths,
    steps,
    divergesAt,
  }: {
    readonly widths: readonly number[];
    readonly steps: number;
    readonly divergesAt: number | null;
  },
): Figure {
  const networks = widths.map((width, index): Curve => {
    const own = points.flatMap(({ step, byWidth }) => {
      const found = byWidth.find((each) => each.width === width);
      return found === undefined ? [] : [{ step, ...found }];
    });
    return {
      ...blankCurve(`n = ${width}`, widthColor(index)),
      x: own.map(({ step }) => step),
      y: own.map(({ value }) => value),
      intervals: own.map(({ low, high }) => (low === null || high === null ? null : [low, high])),
    };
  });
  const known = points.filter(({ limit }) => (limit ?? 0) > 0);
  const limit: Curve = {
    ...blankCurve('n → ∞', 'text'),
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
    notes: limitNotes(known, divergesAt),
  };
}

function limitNotes(known: readonly LimitPoint[], divergesAt: number | null): readonly string[] {
  if (divergesAt !== null) return [`The limit diverges at step ${divergesAt}.`];
  return known.length === 0 ? ['The limit has no equations here.'] : [];
}

function distanceFigure({ distance, marginals }: LimitReport, widths: readonly number[]): Figure {
  const curves = [
    { label: 'Gram', color: 'green' as const, found: distance },
    { label: 'law of h', color: 'orange' as const, found: marginals },
  ].flatMap(({ label, color, found }): Curve[] =>
    found === null
      ? []
      : [
          {
            ...blankCurve(label, color),
            remark: found.slope.value === null ? '' : exponentText(found.slope.value),
            x: found.byWidth.map(({ width }) => width),
            y: found.byWidth.map(({ value }) => value),
            intervals: found.byWidth.map(({ low, high }) =>
              low === null || high === null ? null : [low, high],
            ),
          },
        ],
  );
  return {
    id: 'distance',
    title: 'distance from the limit',
    formula:
      'of one network after the last step: ‖Φ_n − Φ‖_F / ‖Φ‖_F, and the mean distance of quantiles of h by its spread',
    x: widthAxis(widths),
    y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
    curves,
    references: [],
    notes: ['Theory: −½.'],
  };
}
