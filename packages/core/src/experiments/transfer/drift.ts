import { intervalOf, slopeEstimate } from '../../statistics/contrast.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import { studentT } from '../../statistics/student-t.ts';
import { logMeans, type Unmeasured, type WidthMeans } from '../../statistics/width-means.ts';
import type { TransferCell } from './cells.ts';
import { bestLogRate, RATE_RESOLUTION } from './rate-grid.ts';

/** ln η* of every seed at the widths where it was found, relative to where the search started. */
export function rateMeans(cells: readonly TransferCell[]): WidthMeans | Unmeasured {
  return logMeans(
    cells.flatMap(({ width, curves }) =>
      curves.flatMap((curve) => {
        const log = bestLogRate(curve);
        return log === null ? [] : [{ width, value: Math.exp(log) }];
      }),
    ),
  );
}

/**
 * The exponent δ of η* ∝ n^δ. Its interval is that of seeds, and on both sides what the best rates move it by if each is off
 * by half the distance between rates of the grid.
 *
 *     [low, high] = δ ± (t·s.e. + ½h·Σ_w |c_w|)        δ = Σ_w c_w · ln η*_w,   h = ln of a step of the grid
 */
export function driftOf(means: WidthMeans | Unmeasured): Slope {
  if ('reason' in means) return noSlope(means.reason);
  const estimate = slopeEstimate(means);
  const [low, high] = intervalOf(estimate);
  const coefficients = means.at.map((_, of) => {
    const unit = means.at.map((each, index) => ({ ...each, mean: index === of ? 1 : 0 }));
    return Math.abs(slopeEstimate({ ...means, at: unit }).value);
  });
  const margin = (RATE_RESOLUTION / 2) * coefficients.reduce((sum, each) => sum + each, 0);
  return { value: estimate.value, low: low - margin, high: high + margin };
}

/** The interval of the best rate at one width over the mean of its seeds, as a factor on either side; null without one. */
export function rateMargin(means: WidthMeans | Unmeasured, width: number): number | null {
  if ('reason' in means) return null;
  const own = means.at.find((each) => each.width === width);
  if (own === undefined) return null;
  const error = Math.sqrt(means.variance / own.information);
  return Math.exp(studentT(means.degrees) * error + RATE_RESOLUTION / 2);
}
