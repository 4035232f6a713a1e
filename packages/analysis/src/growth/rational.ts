import { remembered } from '../remembered.ts';

/**
 * An exact fraction, reduced, with a denominator above 0; ±∞ are ±1/0. Exponents are compared, so they are never floats;
 * what has more digits than a float holds exactly is undefined.
 */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

export const ZERO: Rational = { numerator: 0, denominator: 1 };
export const ONE: Rational = { numerator: 1, denominator: 1 };
export const HALF: Rational = { numerator: 1, denominator: 2 };
export const INFINITE: Rational = { numerator: 1, denominator: 0 };
export const MINUS_INFINITE: Rational = { numerator: -1, denominator: 0 };

/** Reduces a fraction; 0/0, which only an opposing pair of infinities gives, is undefined, as is one of too many digits. */
function reduced(numerator: number, denominator: number): Rational | undefined {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return undefined;
  if (denominator === 0) {
    if (numerator === 0) return undefined;
    return numerator > 0 ? INFINITE : MINUS_INFINITE;
  }
  const divisor = Math.sign(denominator) * greatestCommonDivisor(Math.abs(numerator), Math.abs(denominator));
  return { numerator: numerator / divisor + 0, denominator: denominator / divisor };
}

function greatestCommonDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestCommonDivisor(right, left % right);
}

/** More digits than any number has that is exact. */
const MOST_DIGITS = 40;

/** The fraction that a decimal literal such as `0.5` or `1e-3` writes; undefined if it has too many digits to be exact. */
export const rationalFromDecimal: (text: string) => Rational | undefined = remembered((text) => {
  if (text.length > MOST_DIGITS) return undefined;
  const [, whole = '', decimals = '', power = '0'] =
    /^(\d*)\.?(\d*)(?:[eE]([-+]?\d+))?$/.exec(text.replaceAll('_', '')) ?? [];
  const shift = Number(power) - decimals.length;
  if (`${whole}${decimals}` === '' || Math.abs(shift) > 9) return undefined;
  const digits = Number(`${whole}${decimals}`);
  const scale = 10 ** Math.abs(shift);
  const numerator = shift > 0 ? digits * scale : digits;
  return Number.isSafeInteger(numerator) ? reduced(numerator, shift > 0 ? 1 : scale) : undefined;
});

/** left + right; undefined for ∞ − ∞. */
export function add(left: Rational, right: Rational): Rational | undefined {
  if (left.denominator === 0) return right.denominator === 0 && right !== left ? undefined : left;
  if (right.denominator === 0) return right;
  return reduced(
    left.numerator * right.denominator + right.numerator * left.denominator,
    left.denominator * right.denominator,
  );
}

/** left · right, with 0 · ∞ = 0. */
export function multiply(left: Rational, right: Rational): Rational | undefined {
  if (left.numerator === 0 || right.numerator === 0) return ZERO;
  return reduced(left.numerator * right.numerator, left.denominator * right.denominator);
}

/** left / right; undefined for a right side of 0, for ∞/∞, and of more digits than are exact. */
export function divide(left: Rational, right: Rational): Rational | undefined {
  if (right.numerator === 0) return undefined;
  return reduced(left.numerator * right.denominator, left.denominator * right.numerator);
}

/** The other sign; of ±∞, ∓∞. */
export function negate(value: Rational): Rational {
  if (value.denominator === 0) return value.numerator > 0 ? MINUS_INFINITE : INFINITE;
  return { numerator: 0 - value.numerator, denominator: value.denominator };
}

/** Below 0 where left < right, above 0 where left > right. */
export function compare(left: Rational, right: Rational): number {
  if (left.denominator === 0 && right.denominator === 0) return left.numerator - right.numerator;
  const [one, other] = [left.numerator * right.denominator, right.numerator * left.denominator];
  if (Number.isSafeInteger(one) && Number.isSafeInteger(other)) return one - other;
  const exact =
    BigInt(left.numerator) * BigInt(right.denominator) - BigInt(right.numerator) * BigInt(left.denominator);
  return exact === 0n ? 0 : exact < 0n ? -1 : 1;
}

/** The smaller of two; −∞ is smaller than any. */
export function smaller(left: Rational, right: Rational): Rational {
  return compare(left, right) <= 0 ? left : right;
}

/** The larger of two; ∞ is larger than any. */
export function larger(left: Rational, right: Rational): Rational {
  return compare(left, right) >= 0 ? left : right;
}

/** The nearest float; ±∞ are ±Infinity. */
export function toNumber({ numerator, denominator }: Rational): number {
  return numerator / denominator;
}
