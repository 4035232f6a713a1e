import { intervalOf, limitEstimate } from './contrast.ts';
import { logMeans, type MeasuredPoint, type WidthMeans } from './width-means.ts';

/** a of q = a + c/n with its 95 % interval. */
export interface Extrapolated {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a positive quantity comes to as the width grows; null of fewer than three widths or two seeds. */
export function extrapolated(points: readonly MeasuredPoint[]): Extrapolated | null {
  const means = logMeans(points);
  return 'reason' in means ? null : extrapolatedMeans(means);
}

/** The same of means by width; null of fewer than three. */
export function extrapolatedMeans(means: WidthMeans): Extrapolated | null {
  const estimate = limitEstimate(means, 1);
  if (estimate === null) return null;
  const [low, high] = intervalOf(estimate);
  return { value: estimate.value, low, high };
}
