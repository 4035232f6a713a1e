import { diluted, dilutionOf, NO_SIGNS, type Signs, walksBeside } from './signs.ts';
import { between, either, largest, over, type Size, times } from './size.ts';
import type { WeightUnions } from './weight-set.ts';

/** The speeds of the axes of einsum(left, right). */
export interface ContractionSpeeds {
  /** Of those that are summed over. */
  readonly sum: number;
  /** Of those of the left operand among them, of the right. */
  readonly summedLeft: number;
  readonly summedRight: number;
  /** Of the left operand's that the right lacks, and the other way round. */
  readonly freeLeft: number;
  readonly freeRight: number;
  /** Whether the result has a growing axis of the left, of the right. */
  readonly keepsLeft: boolean;
  readonly keepsRight: boolean;
}

/** What is known of one tensor, or of one gradient, at initialization. */
export interface Initial {
  readonly size: Size;
  readonly signs: Signs;
}

/** What is known of one tensor, or of one gradient, now. */
export interface Moved {
  readonly init: Size;
  readonly change: Size;
  readonly random: boolean | null;
}

/**
 * Of einsum(left, right) at initialization.
 *
 *     e = e_left + e_right − gain        gain: s/2 of a random walk, s of terms of one sign (`initialGain`)
 */
export function contractedSize(left: Initial, right: Initial, { sum }: ContractionSpeeds): Size {
  return over(times(left.size, right.size), initialGain(left.signs, right.signs, sum));
}

/** An update is aligned with what it meets; what it does not meet acts at most with its spectral norm. */
export function contractedChange(left: Moved, right: Moved, speeds: ContractionSpeeds): Size {
  const { sum, freeLeft, freeRight } = speeds;
  const ofRight = over(times(left.init, right.change), gainOf(left.random, sum, freeLeft));
  const ofLeft = over(times(left.change, right.init), gainOf(right.random, sum, freeRight));
  const ofBoth = over(times(left.change, right.change), sum);
  return largest(largest(ofRight, ofLeft), ofBoth);
}

/**
 * What a sum gains where an initial operand meets a change.
 *
 *     G(W) = s − min(s, f)/2      of a random weight, whose spectral norm is n^−b·(√n_in + √n_out)
 *     G = s                       of anything else
 *
 * @param sum s, the speed of the axes summed over
 * @param free f, the speed of the operand's axes that the other operand lacks
 */
export function gainOf(random: boolean | null, sum: number, free: number): Size {
  if (random === false) return sum;
  const spectral = sum - Math.min(sum, free) / 2;
  return random === true || spectral === sum ? spectral : between(spectral, sum);
}

/** What a sum gains at initialization: half its speed for a random walk, all of it where the operands go together. */
function initialGain(left: Signs, right: Signs, sum: number): Size {
  if (sum === 0) return 0;
  const walks = walksBeside(left, right);
  if (walks === true) return sum / 2;
  const back = walksBeside(right, left);
  if (back === true) return sum / 2;
  const together = gainTogether(left, right, sum);
  return walks === null || back === null ? either(sum / 2, together) : together;
}

/** A weight meets what was made of it: entry by entry they go together as far as it is not diluted. */
function gainTogether(left: Signs, right: Signs, sum: number): Size {
  let dilution = 0;
  if (left.random === true) dilution = dilutionOf(left, right);
  if (right.random === true) dilution = dilutionOf(right, left);
  if (Number.isNaN(dilution)) return between(sum / 2, sum);
  return Math.max(sum / 2, sum - dilution);
}

/** Of a contraction: they come from what keeps a growing axis of its own. */
export function contractedSigns(
  left: Signs,
  right: Signs,
  { speeds, unions }: { readonly speeds: ContractionSpeeds; readonly unions: WeightUnions },
): Signs {
  const { keepsLeft, keepsRight, sum } = speeds;
  if (keepsLeft && keepsRight) {
    const sources = unions.union(keptSources(left, sum), keptSources(right, sum));
    return { sources, odd: keptOdd(left, right), random: false };
  }
  if (!keepsLeft && !keepsRight) return NO_SIGNS;
  const kept = keepsLeft ? left : right;
  return { sources: keptSources(kept, sum), odd: kept.odd, random: false };
}

function keptSources({ sources, random }: Signs, sum: number): Signs['sources'] {
  if (random === false || sum === 0) return sources;
  return random === true ? diluted(sources, sum / 2) : diluted(sources, Number.NaN);
}

/** The first of the two odd sets that the other knows nothing of. */
function keptOdd(left: Signs, right: Signs): Signs['odd'] {
  const first = walksBeside(left, right);
  if (first === true) return left.odd;
  if (first === null) return 'unknown';
  const second = walksBeside(right, left);
  if (second === true) return right.odd;
  return second === null ? 'unknown' : null;
}
