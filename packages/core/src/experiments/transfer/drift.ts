import { intervalOf, slopeEstimate } from '../../statistics/contrast.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import { studentT } from '../../statistics/student-t.ts';
import { logMeans, type Unmeasured, type WidthMean, type WidthMeans } from '../../statistics/width-means.ts';
import type { TransferCell } from './cells.ts';
import { bestLogRate, bestLogRateError } from './rate-grid.ts';

/** ln η* by width, with the noise of seeds and what the grid of rates leaves open. */
export interface RateMeans extends WidthMeans {
  readonly at: readonly (WidthMean & {
    /** The mean over seeds of what each may be off by. */
    readonly gridError: number;
  })[];
}

/** ln η* of every seed at the widths where it was found, relative to where the search started. */
export function rateMeans(cells: readonly TransferCell[]): RateMeans | Unmeasured {
  const means = logMeans(
    cells.flatMap(({ width, curves, isCut }) =>
      curves.flatMap((curve) => {
        const log = bestLogRate(curve, isCut);
        return log === null ? [] : [{ width, value: Math.exp(log) }];
      }),
    ),
  );
  if ('reason' in means) return means;
  const at = means.at.map((each) => {
    const own = cells.filter(({ width }) => width === each.width);
    const errors = own
      .flatMap(({ curves, isCut }) => curves.map((curve) => bestLogRateError(curve, isCut)))
      .filter((error) => error !== null);
    return { ...each, gridError: errors.reduce((sum, error) => sum + error, 0) / errors.length };
  });
  return { ...means, at };
}

/**
 * The exponent δ of η* ∝ n^δ. Its interval is that of seeds, and on both sides what the best rates move it by if each is off
 * by what the grid leaves open: ½h, or h beside a rate that diverges.
 *
 *     [low, high] = δ ± (t·s.e. + Σ_w |c_w|·g_w)        δ = Σ_w c_w · ln η*_w,   g_w = mean over seeds of ½h or h
 *
 * with h = ln of a step of the grid.
 */
export function driftOf(means: RateMeans | Unmeasured): Slope {
  if ('reason' in means) return noSlope(means.reason);
  const estimate = slopeEstimate(means);
  const [low, high] = intervalOf(estimate);
  const margin = gridMargin(means);
  return { value: estimate.value, low: low - margin, high: high + margin };
}

/** Σ_w |c_w|·g_w: what of the interval of the drift no seeds narrow; 0 without one. */
export function gridMargin(means: RateMeans | Unmeasured): number {
  if ('reason' in means) return 0;
  const margins = means.at.map(({ gridError }, of) => {
    const unit = means.at.map((each, index) => ({ ...each, mean: index === of ? 1 : 0 }));
    return gridError * Math.abs(slopeEstimate({ ...means, at: unit }).value);
  });
  return margins.reduce((sum, each) => sum + each, 0);
}

/** The interval of the best rate at one width over the mean of its seeds, as a factor on either side; null without one. */
export function rateMargin(means: RateMeans | Unmeasured, width: number): number | null {
  if ('reason' in means) return null;
  const own = means.at.find((each) => each.width === width);
  if (own === undefined) return null;
  const error = Math.sqrt(means.variance / own.information);
  return Math.exp(studentT(means.degrees) * error + own.gridError);
}
