import { EXPONENT_TOLERANCE } from './exponent.ts';

/** Larger than any exponent that a graph has, and small enough that sums of it stay finite: anything but exactly 0. */
export const ANY_BUT_ZERO: number = 1e300;

/**
 * An exponent that is not known, and what it is known to lie between.
 *
 * `high` ∞: it may be exactly 0. Where both are equal it is still not called known, so that what rests on an unknown
 * exponent is not said of a network that may not be this one.
 */
interface Between {
  readonly low: number;
  readonly high: number;
}

/** The exponent e of a typical entry's size Θ(n^−e): larger is smaller, ∞ is exactly 0. */
export type Size = number | Between;

/** The exponent of exactly 0. */
export const ZERO: number = Number.POSITIVE_INFINITY;

/** Any size, exactly 0 among them. */
export const UNKNOWN: Size = { low: Number.NEGATIVE_INFINITY, high: ZERO };

/** Any size but exactly 0. */
export const UNKNOWN_NOT_ZERO: Size = { low: Number.NEGATIVE_INFINITY, high: ANY_BUT_ZERO };

/** Of an exponent that is not known; `high` ∞ where it may be exactly 0. */
export function between(low: number, high: number): Size {
  return { low, high };
}

/** Whether the exponent is one number; exactly 0 is one, too. */
export function isKnown(size: Size): size is number {
  return typeof size === 'number';
}

/** The exponent of the largest that it may be. */
export function lowOf(size: Size): number {
  return typeof size === 'number' ? size : size.low;
}

/** The exponent of the smallest that it may be. */
export function highOf(size: Size): number {
  return typeof size === 'number' ? size : size.high;
}

/** Of a product: exactly 0 times anything is exactly 0. */
export function times(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return sumOf(left, right);
  if (left === ZERO || right === ZERO) return ZERO;
  return between(sumOf(lowOf(left), lowOf(right)), sumOf(highOf(left), highOf(right)));
}

function sumOf(left: number, right: number): number {
  return left === ZERO || right === ZERO ? ZERO : left + right;
}

/** Of a quotient by something that is not exactly 0. */
export function over(left: Size, right: Size): Size {
  return times(left, inverse(right));
}

function inverse(size: Size): Size {
  return typeof size === 'number' ? -size : between(-size.high, -size.low);
}

/** Of a sum of tensors, which is as large as its largest term. */
export function largest(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return Math.min(left, right);
  return between(Math.min(lowOf(left), lowOf(right)), Math.min(highOf(left), highOf(right)));
}

/** Of the smaller of two. */
export function smallest(left: Size, right: Size): Size {
  if (typeof left === 'number' && typeof right === 'number') return Math.max(left, right);
  return between(Math.max(lowOf(left), lowOf(right)), Math.max(highOf(left), highOf(right)));
}

/** One of the two, not known which. */
export function either(left: Size, right: Size): Size {
  if (left === right) return left;
  return between(Math.min(lowOf(left), lowOf(right)), Math.max(highOf(left), highOf(right)));
}

/** f of an exponent, where f never decreases. */
export function mapped(size: Size, f: (exponent: number) => number): Size {
  if (typeof size === 'number') return f(size);
  const [low, high] = [f(size.low), f(size.high)];
  return low === high ? low : between(low, high);
}

/** Known as soon as its bounds meet. */
export function settledSize(size: Size): Size {
  return typeof size !== 'number' && size.low === size.high ? size.low : size;
}

/** Whether it may be exactly 0. */
export function mayBeZero(size: Size): boolean {
  return highOf(size) === ZERO;
}

/** Whether two are known to the same, within the tolerance of exponents. */
export function sameSize(left: Size, right: Size): boolean {
  if (left === right) return true;
  if (typeof left === 'number' || typeof right === 'number') {
    return (
      typeof left === 'number' && typeof right === 'number' && Math.abs(left - right) <= EXPONENT_TOLERANCE
    );
  }
  return near(left.low, right.low) && near(left.high, right.high);
}

function near(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) <= EXPONENT_TOLERANCE;
}

/** Whether it grows with width, whatever it is. */
export function surelyGrows(size: Size): boolean {
  return highOf(size) < -EXPONENT_TOLERANCE;
}

/** Whether it vanishes with width, whatever it is. */
export function surelyVanishes(size: Size): boolean {
  return lowOf(size) > EXPONENT_TOLERANCE;
}

/** Whether it may vanish with width. */
export function mayVanish(size: Size): boolean {
  return highOf(size) > EXPONENT_TOLERANCE;
}

/** Whether the left is larger by a power of the width, whatever they are. */
export function surelyLarger(left: Size, right: Size): boolean {
  return highOf(left) < lowOf(right) - EXPONENT_TOLERANCE;
}

/** A size of Θ(1), and known to be. */
export function isOne(size: Size): boolean {
  return typeof size === 'number' && Math.abs(size) <= EXPONENT_TOLERANCE;
}

/** Fractions whose denominator divides this come out as the nearest float: ⅓ is 1/3. */
const DENOMINATOR = 5040;

/** The exponent as it is told: null where it is not known, a fraction without what its sums were rounded by. */
export function toldExponent(size: Size): number | null {
  if (typeof size !== 'number' || size === Number.NEGATIVE_INFINITY) return null;
  const fraction = Math.round(size * DENOMINATOR) / DENOMINATOR;
  return near(fraction, size) ? fraction + 0 : size; // −0 + 0 = 0
}
