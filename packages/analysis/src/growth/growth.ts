import {
  add,
  compare,
  INFINITE,
  larger,
  MINUS_INFINITE,
  multiply,
  negate,
  type Rational,
  smaller,
  toNumber,
  ZERO,
} from './rational.ts';

/**
 * How a number grows with width n: like n^e with e somewhere in [low, high].
 *
 * A single point is a proof. Exactly 0 grows like n^−∞. Nothing known is (−∞, ∞).
 */
export interface Growth {
  readonly low: Rational;
  readonly high: Rational;
}

/** Θ(1). */
export const CONSTANT: Growth = point(ZERO);
/** The growth of the number 0. */
export const VANISHED: Growth = point(MINUS_INFINITE);
/** Nothing is known. */
export const UNKNOWN_GROWTH: Growth = { low: MINUS_INFINITE, high: INFINITE };

/** n^e, proved. */
export function point(exponent: Rational): Growth {
  return { low: exponent, high: exponent };
}

/** Whether it is proved which exponent it is; exactly 0 is, too. */
export function isPoint({ low, high }: Growth): boolean {
  return compare(low, high) === 0;
}

/** Whether it is exactly 0 at every width. */
export function isVanished(growth: Growth): boolean {
  return growth.high.denominator === 0 && growth.high.numerator < 0;
}

/** The exponent where it is proven and finite, else null. */
export function knownExponent(growth: Growth): number | null {
  return isPoint(growth) && growth.low.denominator !== 0 ? toNumber(growth.low) : null;
}

/** Of x·y. Zero times anything is zero. */
export function timesGrowth(left: Growth, right: Growth): Growth {
  if (isVanished(left) || isVanished(right)) return VANISHED;
  return {
    low: add(left.low, right.low) ?? MINUS_INFINITE,
    high: add(left.high, right.high) ?? INFINITE,
  };
}

/** Of 1/x; that of 1/0 is unknown. */
export function inverseGrowth(growth: Growth): Growth {
  if (isVanished(growth)) return UNKNOWN_GROWTH;
  return { low: negate(growth.high), high: negate(growth.low) };
}

/** Of x^power. */
export function powerGrowth(growth: Growth, power: Rational): Growth {
  if (power.numerator === 0) return CONSTANT;
  if (power.numerator < 0) return inverseGrowth(powerGrowth(growth, negate(power)));
  return {
    low: multiply(growth.low, power) ?? MINUS_INFINITE,
    high: multiply(growth.high, power) ?? INFINITE,
  };
}

/** Of x + y with both positive, and of the larger of the two. */
export function sumGrowth(left: Growth, right: Growth): Growth {
  return { low: larger(left.low, right.low), high: larger(left.high, right.high) };
}

/** Of x − y: the faster one's, or anything slower where both may cancel. */
export function differenceGrowth(left: Growth, right: Growth): Growth {
  if (compare(left.low, right.high) > 0) return left;
  if (compare(right.low, left.high) > 0) return right;
  return { low: MINUS_INFINITE, high: larger(left.high, right.high) };
}

/** Of the smaller of two positive numbers. */
export function minimumGrowth(left: Growth, right: Growth): Growth {
  return { low: smaller(left.low, right.low), high: smaller(left.high, right.high) };
}

/** Of a number that is one or the other. */
export function eitherGrowth(left: Growth, right: Growth): Growth {
  return { low: smaller(left.low, right.low), high: larger(left.high, right.high) };
}

/** Of y where x grows, and of 1 where it does not. */
export function conditionalGrowth(x: Growth, y: Growth): Growth {
  if (compare(x.low, ZERO) > 0) return y;
  return isPoint(x) ? CONSTANT : eitherGrowth(CONSTANT, y);
}
