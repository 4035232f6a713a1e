import type { LimitReport } from '@widthwise/core';
import type { Curve, Figure } from '../figure.ts';
import { signedAxis, stepAxis, valueAxis } from '../scales/axis.ts';
import { extentOf } from '../scales/extent.ts';
import { blankCurve, widthColor } from './curves.ts';

/** How h of one sample is spread over units, networks of each width beside the limit, before training and after. */
export function lawFigures(
  { marginals }: Pick<LimitReport, 'marginals'>,
  widths: readonly number[],
): readonly Figure[] {
  if (marginals === null || marginals.samples.every(({ byWidth }) => byWidth.length === 0)) return [];
  // Where training did most: elsewhere there is less to see.
  const shown = marginals.samples.reduce((most, next) => (moved(next) > moved(most) ? next : most));
  const curves: readonly Curve[] = [
    // The narrowest and the widest: those between lie between.
    ...widths.flatMap((width, index): Curve[] => {
      if (index > 0 && index < widths.length - 1) return [];
      const bands = shown.byWidth.find((each) => each.width === width)?.bands ?? [];
      return [{ ...blankCurve(`n = ${width}`, widthColor(index)), ...densityOf(bands) }];
    }),
    { ...blankCurve('n → ∞', 'text'), ...densityOf(shown.limit), dotted: true },
    { ...blankCurve('its start', 'text'), ...densityOf(shown.start), dotted: true, faint: true },
  ];
  return [
    {
      id: 'law',
      title: `law of h, sample ${shown.sample + 1}`,
      formula: 'density of h of the last hidden layer over its units after the last step',
      x: signedAxis('h', extentOf(curves.flatMap(({ x }) => x))),
      y: valueAxis('linear', extentOf(curves.flatMap(({ y }) => y))),
      curves,
      references: [],
      notes: ['Of the samples kept the one that moved most.'],
    },
  ];
}

/** What the start and each update have added to the readout, summed from the start on: ends at 1. */
export function readoutFigures({ readout }: Pick<LimitReport, 'readout'>): readonly Figure[] {
  if (readout === null) return [];
  const total = readout.updates.reduce((sum, each) => sum + each, readout.start);
  if (isRounding(total)) return [];
  let sum = 0;
  const shares = [readout.start, ...readout.updates].map((part) => {
    sum += part / total;
    return sum;
  });
  return [
    {
      id: 'readout',
      title: 'readout as start and updates',
      formula: 'E[(Ẑ_0 + δ_1 + … + δ_s) Ẑ_T] / E[Ẑ_T²] in the limit',
      x: stepAxis(readout.updates.length),
      y: valueAxis('linear', extentOf(shares)),
      curves: [{ ...blankCurve('up to step', 'green'), x: shares.map((_, step) => step), y: shares }],
      references: [],
      notes: ['At step 0 what its start is of the trained readout; each step adds what its update is of it.'],
    },
  ];
}

/** Whether E[Ẑ²] is what rounding leaves of a readout that stays 0; where one is drawn, Ẑ starts near 1. */
export function isRounding(square: number): boolean {
  return square <= (16 * Number.EPSILON) ** 2;
}

type Sample = NonNullable<LimitReport['marginals']>['samples'][number];

function moved({ start, limit }: Sample): number {
  return start.reduce((sum, value, band) => sum + Math.abs(value - limit[band]!), 0);
}

/** So many bands apart, means are further from each other than chance moves them. */
const SPAN = 4;

/** Between means of bands so far apart lies their share of all units. */
function densityOf(bands: readonly number[]): Pick<Curve, 'x' | 'y'> {
  const span = Math.min(SPAN, bands.length - 1);
  const points = bands.slice(span).flatMap((above, band) => {
    const below = bands[band]!;
    return above > below ? [{ at: (above + below) / 2, value: span / (bands.length * (above - below)) }] : [];
  });
  return { x: points.map(({ at }) => at), y: points.map(({ value }) => value) };
}
