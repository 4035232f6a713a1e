import { studentT } from '../../statistics/student-t.ts';
import type { WidthMeans } from '../../statistics/width-means.ts';
import type { LimitEstimate } from './report.ts';

/** Geometric means by width, each with its 95 % interval. */
export function byWidth(means: WidthMeans): readonly (LimitEstimate & { readonly width: number })[] {
  const t = studentT(means.degrees);
  return means.at.map(({ width, mean, information }) => {
    const margin = t * Math.sqrt(means.variance / information);
    return { width, value: Math.exp(mean), low: Math.exp(mean - margin), high: Math.exp(mean + margin) };
  });
}
