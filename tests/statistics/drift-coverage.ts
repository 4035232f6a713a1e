import {
  driftOf,
  fillNormal,
  type RateCurve,
  rateMeans,
  rngFromSeed,
  searchStep,
} from '@widthwise/core/theory';

/** How the loss of one seed goes with the rate, in ln of either, around the best rate at 0. */
export type LossCurve = (distance: number) => number;

/** A parabola; one that rises faster beyond the best rate; one that diverges soon beyond it. */
export const LOSS_CURVES: Readonly<Record<'even' | 'skewed' | 'walled', LossCurve>> = {
  even: (x) => x * x,
  skewed: (x) => (x > 0 ? 4 : 1) * x * x,
  walled: (x) => (x > 0.4 ? Number.POSITIVE_INFINITY : x * x),
};

const random = rngFromSeed(2);

/**
 * How often the interval of a drift holds the exponent by which the best rates go with width.
 *
 * Each seed's best rate is n^δ times a factor whose logarithm scatters by sd; the search looks at rates of its grid as it
 * does in `transfer`.
 */
export function driftCoverage(
  { widths, seeds }: { readonly widths: readonly number[]; readonly seeds: number },
  {
    curve,
    deviation,
    runs,
  }: { readonly curve: LossCurve; readonly deviation: number; readonly runs: number },
): number {
  const drift = -0.3;
  let count = 0;
  for (let run = 0; run < runs; run++) {
    // Where the grid begins is not what the best rate knows.
    const [shift] = fillNormal(new Float64Array(1), random, 1);
    const cells = widths.map((width) => {
      const normals = fillNormal(new Float64Array(seeds), random, deviation);
      const best = Array.from(normals, (normal) => shift! + drift * Math.log(width) + normal);
      return { parametrization: 'any', width, start: 1, curves: searched(best, curve) };
    });
    const { low, high } = driftOf(rateMeans(cells));
    if (low !== null && low <= drift && drift <= high!) count++;
  }
  return count / runs;
}

/** ln of the factor between rates that the search may look at. */
const PLACE = Math.LN2 / 8;

function searched(best: readonly number[], curve: LossCurve): readonly RateCurve[] {
  const curves = best.map(() => new Map<number, number>());
  for (let search = searchStep(curves); search.next.length > 0; search = searchStep(curves)) {
    for (const place of search.next) {
      best.forEach((at, seed) => void curves[seed]!.set(place, Math.exp(curve(place * PLACE - at))));
    }
  }
  return curves;
}
