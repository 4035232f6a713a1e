import type { Slope } from '../../statistics/slope.ts';
import { type Deciding, decidingOf } from '../judging/deciding.ts';
import { FAILING_SLOPE, PASSING_SLOPE } from './verdict.ts';

/**
 * What makes an interval so narrow that it no longer holds both a passing and a failing slope, if the slope stays.
 *
 * @returns null without a slope, and where neither seeds nor widths decide
 */
export function whatDecides(
  { value, low, high }: Slope,
  {
    widths,
    seeds,
    mayVanish,
  }: { readonly widths: readonly number[]; readonly seeds: number; readonly mayVanish: boolean },
): Deciding | null {
  if (value === null || low === null || high === null) return null;
  const size = mayVanish ? value : Math.abs(value);
  const wanted = Math.max(size - PASSING_SLOPE, FAILING_SLOPE - size);
  return decidingOf({ half: (high - low) / 2, wanted, widths, seeds });
}
