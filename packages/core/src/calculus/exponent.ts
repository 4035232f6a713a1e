import { quoted } from '../words/shown-text.ts';

/** Exponent b of an initial standard deviation n^−b, or `'zero'` for a weight that starts at exactly 0 (b = ∞). */
export type InitExponent = number | 'zero';

/** Exponents closer than this are one exponent: sums of ¼ and ½ are exact, a thirds' rounding is far smaller. */
export const EXPONENT_TOLERANCE = 1e-9;

/** Whether two exponents are the same power of the width. */
export function sameExponent(left: InitExponent, right: InitExponent): boolean {
  if (left === 'zero' || right === 'zero') return left === right;
  return Math.abs(left - right) <= EXPONENT_TOLERANCE;
}

/** An exponent as JSON carries it: `null` where it is not a number, and where it is infinite (nothing there to scale). */
export function exponentToJson(exponent: number | null): number | null {
  return exponent === null || !Number.isFinite(exponent) ? null : exponent;
}

const EXPONENT = /^([-+−]?)(?:(inf)|(\d+\.?\d*|\.\d+)(?:\/(\d+\.?\d*|\.\d+))?)$/;

/**
 * An exponent as people type it: `1/2`, `-1`, `0.5`, or `inf` for a weight that starts at exactly 0.
 *
 * @throws RangeError for anything else
 */
export function parseExponent(text: string): InitExponent {
  const exponent = findExponent(text);
  if (exponent === undefined) {
    throw new RangeError(`expected an exponent such as 1/2, -1, 0.5 or inf, got ${quoted(text)}`);
  }
  return exponent;
}

/** As `parseExponent`; undefined where the text is no exponent. */
export function findExponent(text: string): InitExponent | undefined {
  const [, sign, infinite, numerator, denominator] = EXPONENT.exec(text.trim()) ?? [];
  const negative = sign === '-' || sign === '−';
  if (infinite !== undefined) return negative ? undefined : 'zero';
  const value = Number(numerator) / Number(denominator ?? 1);
  if (!Number.isFinite(value)) return undefined;
  return negative ? 0 - value : value;
}
