import type { InfinitePoint, InfiniteWidth } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import { type CurveStyle, curveStyles } from '../palette.ts';
import { stepAxis, valueAxis, widthAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { exponentText } from '../words/slope-text.ts';
import type { InfiniteSetting } from './setting.ts';

/**
 * Loss and λ_min of the last hidden layer over steps as the width grows without end: extrapolated with intervals, and dotted
 * where equations of the limit are known; then how far single networks are from that against width. None without a curve:
 * the table says of what nothing is known.
 */
export function infiniteFigures(
  found: Readonly<Record<string, InfiniteWidth>>,
  setting: InfiniteSetting,
): readonly Figure[] {
  const { parametrizations, depth, steps } = setting;
  const styles = curveStyles(parametrizations);
  const each = parametrizations.flatMap(({ name, label }): Drawn[] => {
    const limit = Object.hasOwn(found, name) ? found[name]! : null;
    return limit === null ? [] : [{ name, label, limit, style: styles.get(name)! }];
  });
  const over = (
    named: Pick<Figure, 'id' | 'title' | 'formula'>,
    pointsOf: (limit: InfiniteWidth) => readonly InfinitePoint[],
  ): Figure => {
    const curves = each.flatMap((drawn) => limitCurves(drawn, pointsOf(drawn.limit)));
    return {
      ...named,
      x: stepAxis(steps),
      y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
      curves,
      references: [],
      notes: each.flatMap(({ label, limit }) => [
        ...missing(label, pointsOf(limit)),
        ...(limit.divergesAt === null
          ? []
          : [`${label}: its equations diverge at step ${limit.divergesAt}.`]),
      ]),
    };
  };
  return [
    over(
      { id: 'loss-infinite', title: 'Loss as n → ∞', formula: 'a of a + c/n over these widths' },
      (limit) => limit.loss,
    ),
    over(
      {
        id: 'lambda-min-infinite',
        title: `λ_min of layer ${depth} as n → ∞`,
        formula: 'a of a + c/n of λ_min(xᵀx/n), the Gram averaged over seeds',
      },
      (limit) => limit.lambdaMin[depth - 1] ?? [],
    ),
    ...distanceFigures(each, setting),
  ].filter(({ curves }) => curves.some(({ x }) => x.length > 0));
}

interface Drawn {
  readonly name: string;
  readonly label: string;
  readonly limit: InfiniteWidth;
  readonly style: CurveStyle;
}

/** Extrapolated, and of the equations. */
function limitCurves({ label, style, limit }: Drawn, points: readonly InfinitePoint[]): readonly Curve[] {
  const estimated = points.filter(({ extrapolated }) => isToldFromZero(extrapolated));
  const known = points.filter((point) => (point.limit ?? 0) > 0);
  const curve = { ...style, remark: '', faint: false, dots: [], leaves: false, source: null };
  const extrapolated: Curve = {
    ...curve,
    label,
    x: estimated.map(({ step }) => step),
    y: estimated.map((point) => point.extrapolated!.value),
    intervals: estimated.map((point) => {
      const { low, high } = point.extrapolated!;
      return low === null || high === null ? null : [low, high];
    }),
  };
  if (limit.method === 'extrapolated') return [extrapolated];
  const equations: Curve = {
    ...curve,
    label: `${label}, solved`,
    color: 'text',
    dotted: true,
    x: known.map(({ step }) => step),
    y: known.map((point) => point.limit!),
    intervals: known.map(({ limit: value, limitError }) =>
      limitError !== null && limitError > 0 && limitError < value!
        ? [value! - limitError, value! + limitError]
        : null,
    ),
  };
  return [extrapolated, equations];
}

function missing(label: string, points: readonly InfinitePoint[]): readonly string[] {
  const last = points.at(-1);
  if (last === undefined || (last.extrapolated === null && last.limit === null))
    return [`${label}: nothing to extrapolate.`];
  const { extrapolated, limit } = last;
  if ((limit ?? 0) > 0 || extrapolated === null || isToldFromZero(extrapolated)) return [];
  return [`${label}: not told from 0.`];
}

/** A logarithmic axis has no place for an interval that reaches 0. */
export function isToldFromZero(estimate: InfinitePoint['extrapolated']): boolean {
  return estimate !== null && estimate.value > 0 && (estimate.low ?? estimate.value) > 0;
}

function distanceFigures(drawn: readonly Drawn[], { widths, depth }: InfiniteSetting): readonly Figure[] {
  const curves = drawn.flatMap(({ label, style, limit }): Curve[] => {
    const distance = limit.distance?.[depth - 1];
    if (distance === undefined || distance.byWidth.length === 0) return [];
    return [
      {
        ...{ ...style, label, faint: false, dots: [], leaves: false, source: null },
        remark: distance.slope.value === null ? '' : exponentText(distance.slope.value),
        x: distance.byWidth.map(({ width }) => width),
        y: distance.byWidth.map(({ value }) => value),
        intervals: distance.byWidth.map(({ low, high }) =>
          low === null || high === null ? null : [low, high],
        ),
      },
    ];
  });
  if (curves.length === 0) return [];
  return [
    {
      id: 'distance-infinite',
      title: `Distance of layer ${depth} from its limit`,
      formula: '‖Φ_n − Φ‖_F / ‖Φ‖_F of one network’s Gram after the last step',
      x: widthAxis(widths),
      y: valueAxis('log', extentOf(curves.flatMap(({ y }) => y))),
      curves,
      references: [],
      notes: ['Theory: −½.'],
    },
  ];
}
