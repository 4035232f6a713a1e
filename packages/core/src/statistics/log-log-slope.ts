import { intervalOf, slopeEstimate } from './contrast.ts';
import { noSlope, type Slope } from './slope.ts';
import { logMeans, type MeasuredPoint, type Unmeasured, type WidthMeans } from './width-means.ts';

/**
 * The exponent of a power law value ∝ width^β over these widths, with its 95 % interval: what the same widths would
 * give with seeds without end, not what infinite ones would.
 *
 * @returns nulls and a reason with fewer than 2 widths or 2 seeds, or where a value is not positive, not finite or
 *   below its floor
 * @see docs/math.md#slopes-and-verdicts
 */
export function logLogSlope(points: readonly MeasuredPoint[]): Slope {
  return slopeOf(logMeans(points));
}

/** The slope of means that may not have been measured. @param tail what its interval leaves out on either side */
export function slopeOf(means: WidthMeans | Unmeasured, tail?: number): Slope {
  if ('reason' in means) return noSlope(means.reason);
  const estimate = slopeEstimate(means);
  const [low, high] = intervalOf(estimate, tail);
  return { value: estimate.value, low, high };
}
