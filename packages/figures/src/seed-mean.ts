import { studentT } from '@widthwise/core';
import type { Extent } from './scales/extent.ts';

/** A mean over seeds, and its 95 % interval where there are seeds enough. */
export interface SeedMean {
  readonly mean: number;
  readonly interval: Extent | null;
}

/**
 * The geometric mean over seeds, which is what slopes are fitted to, with the 95 % interval of that mean.
 *
 *     exp(ῡ ± t₀.₉₇₅(S − 1) · s/√S)        υ = log value
 *
 * Null where no value is above 0; the interval is null with fewer than 3: of two, t is 12.7, and a band of that hides all curves.
 */
export function seedMean(values: readonly (number | null)[]): SeedMean | null {
  const logs = values.filter((value) => value !== null && value > 0).map((value) => Math.log(value!));
  const count = logs.length;
  if (count === 0) return null;
  const mean = logs.reduce((sum, each) => sum + each, 0) / count;
  if (count < 3) return { mean: Math.exp(mean), interval: null };
  const variance = logs.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / (count - 1);
  const margin = studentT(count - 1) * Math.sqrt(variance / count);
  return { mean: Math.exp(mean), interval: [Math.exp(mean - margin), Math.exp(mean + margin)] };
}

/** The geometric mean of all values: null where there is none or one is missing, 0 where one is. */
export function wholeMean(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  if (values.some((value) => value! <= 0)) return 0;
  return seedMean(values)!.mean;
}
