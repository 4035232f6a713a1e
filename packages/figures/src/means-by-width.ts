import type { Curve } from './figure.ts';
import { seedMean } from './seed-mean.ts';

/** A curve of means over seeds, from single measurements at some widths; a width without one has no point. */
export function meansByWidth(
  dots: Curve['dots'],
  widths: readonly number[],
): Pick<Curve, 'x' | 'y' | 'intervals'> {
  const means = widths.flatMap((width) => {
    const mean = seedMean(dots.filter(([at]) => at === width).map(([, measured]) => measured));
    return mean === null ? [] : [{ width, ...mean }];
  });
  return {
    x: means.map(({ width }) => width),
    y: means.map(({ mean }) => mean),
    intervals: means.map(({ interval }) => interval),
  };
}
