import type { Slope } from '../../statistics/slope.ts';
import { sum } from '../../statistics/width-means.ts';
import { FAILING_SLOPE, PASSING_SLOPE } from './verdict.ts';

/** More seeds than this are not worth what wider networks tell. */
const MOST_SEEDS = 24;
/** Networks so many times as wide. */
const MOST_DOUBLINGS = 3;

/** What would decide an open slope: so many seeds in all, or widths up to so much. */
export type Deciding =
  | { readonly kind: 'seeds'; readonly seeds: number }
  | { readonly kind: 'widest'; readonly width: number };

/**
 * What makes an interval so narrow that it no longer holds both a passing and a failing slope, if the slope stays.
 *
 *     half-width ∝ 1 / √(S · Σ n (ξ − ξ̄)²)        ξ = log n
 *
 * @returns null without a slope, and where neither decides
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
  const times = (high - low) / 2 / wanted;
  const needed = Math.max(seeds + 1, Math.ceil(seeds * times * times));
  if (needed <= MOST_SEEDS) return { kind: 'seeds', seeds: needed };
  const wider = [...widths];
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    wider.push(2 * wider[wider.length - 1]);
    if (Math.sqrt(spreadOf(wider) / spreadOf(widths)) >= times)
      return { kind: 'widest', width: wider[wider.length - 1] };
  }
  return null;
}

function spreadOf(widths: readonly number[]): number {
  const center = sum(widths.map((width) => width * Math.log(width))) / sum(widths);
  return sum(widths.map((width) => width * (Math.log(width) - center) * (Math.log(width) - center)));
}
