import { sum } from '../../statistics/width-means.ts';

/** More seeds than this are not worth what wider networks tell. */
const MOST_SEEDS = 24;
/** Networks so many times as wide. */
const MOST_DOUBLINGS = 3;

/** What would decide an open slope: so many seeds in all, or widths up to so much. */
export type Deciding =
  | { readonly kind: 'seeds'; readonly seeds: number }
  | { readonly kind: 'widest'; readonly width: number };

/** An interval that is too wide, and what it is of. */
export interface OpenInterval {
  /** Half of it: what seeds narrow, and what they do not. */
  readonly half: number;
  readonly fixed?: number;
  /** Half of one that would decide. */
  readonly wanted: number;
  readonly widths: readonly number[];
  readonly seeds: number;
}

/**
 * What makes an interval narrow enough, if the slope stays.
 *
 *     half ∝ 1 / √(S · Σ n (ξ − ξ̄)²)        fixed ∝ 1 / √(Σ n (ξ − ξ̄)²)        ξ = log n
 *
 * @returns null where neither seeds nor widths decide
 */
export function decidingOf({ half, fixed = 0, wanted, widths, seeds }: OpenInterval): Deciding | null {
  const times = half / (wanted - fixed);
  const needed = Math.max(seeds + 1, Math.ceil(seeds * times * times));
  if (wanted > fixed && needed <= MOST_SEEDS) return { kind: 'seeds', seeds: needed };
  const wider = [...widths];
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    wider.push(2 * wider[wider.length - 1]);
    if (wanted * Math.sqrt(spreadOf(wider) / spreadOf(widths)) >= half + fixed)
      return { kind: 'widest', width: wider[wider.length - 1] };
  }
  return null;
}

function spreadOf(widths: readonly number[]): number {
  const center = sum(widths.map((width) => width * Math.log(width))) / sum(widths);
  return sum(widths.map((width) => width * (Math.log(width) - center) * (Math.log(width) - center)));
}
