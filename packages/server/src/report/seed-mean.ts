import { studentT975 } from '@widthwise/core';
import type { CurvePoint } from './figure.ts';

/**
 * The geometric mean over seeds, as a point on a logarithmic axis, with the 95 % interval of that mean.
 *
 *     exp(ῡ ± t₀.₉₇₅(S − 1) · s/√S)        υ = log value
 *
 * Null where no value is above 0; the interval is null with fewer than 2.
 */
export function seedMean(x: number, values: readonly (number | null)[]): CurvePoint | null {
  const logs = values.filter((value) => value !== null && value > 0).map((value) => Math.log(value!));
  const count = logs.length;
  if (count === 0) return null;
  const mean = logs.reduce((sum, each) => sum + each, 0) / count;
  if (count < 2) return { x, y: Math.exp(mean), low: null, high: null };
  const variance = logs.reduce((sum, each) => sum + (each - mean) * (each - mean), 0) / (count - 1);
  const margin = studentT975(count - 1) * Math.sqrt(variance / count);
  return { x, y: Math.exp(mean), low: Math.exp(mean - margin), high: Math.exp(mean + margin) };
}
