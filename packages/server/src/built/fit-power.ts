import { type InitExponent, type Slope, widthPower } from '@widthwise/core';

/** A number at each width, and how far each may be off, in parts of itself. */
export interface Measured {
  readonly value: number | null;
  readonly error: number;
}

/** How a number goes with the width, as n^exponent. */
export interface FittedPower {
  /** `zero` where it is 0 at every width; null where no exponent is known. */
  readonly exponent: InitExponent | null;
  /** What the widths show, with its 95 % interval; null where there is no slope. */
  readonly slope: Slope | null;
  /** Why there is no exponent; null where there is one. */
  readonly why: string | null;
}

/** Numbers that a program writes agree to this. */
const ROUNDING = 1e-6;
/** Residuals within so many standard errors, or so small, are no sign of another law. */
const MOST_RESIDUAL = { errors: 3, size: 1e-4 };
const Z_95 = 1.96;
/** One in a thousand: an exponent is believed where the widths leave no other quarter. */
const Z_999 = 3.29;
/** A slope that is known better than this needs no quarter. */
const EXACT = 1e-3;
/** Odd quarters are rare, and slopes on the way from 0 to ½ are not: they have to be known so well. */
const ODD_ERROR = 0.004;

/**
 * The exponent of value ∝ n^e by weighted least squares on logs, as a multiple of ¼ where the widths admit that one and
 * no other.
 *
 *     e = Σ w (x − x̄) y / Σ w (x − x̄)²,  x = log n, y = log value, w = 1 / error²,  se² = 1 / Σ w (x − x̄)²
 *
 * Where points are further from the line than their errors allow, there is no exponent: √(2 / (n + 100)) is about n^-¼
 * over some widths, and n^-½ in the end.
 */
export function fitPower(widths: readonly number[], values: readonly Measured[]): FittedPower {
  const known = values.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length < values.length || known.length < 2) return unknown('it is not known at every width');
  if (known.every((value) => value === 0)) return { exponent: 'zero', slope: null, why: null };
  if (known.some((value) => value <= 0)) return unknown('it is 0 or below at some widths and not at others');
  const line = fitLine(
    widths.map(Math.log),
    known.map(Math.log),
    values.map(({ error }) => Math.max(error, ROUNDING)),
  );
  const slope = {
    value: line.slope,
    low: line.slope - Z_95 * line.error,
    high: line.slope + Z_95 * line.error,
  };
  if (line.isBent)
    return { exponent: null, slope, why: `it is no power of the width over ${widths.join(', ')}` };
  const [low, high] = [
    line.slope - Z_999 * line.error - ROUNDING,
    line.slope + Z_999 * line.error + ROUNDING,
  ];
  const quarters = quartersIn(low, high).filter((one) => Number.isInteger(2 * one) || line.error < ODD_ERROR);
  if (quarters.length === 1) return { exponent: quarters[0]!, slope, why: null };
  if (quarters.length > 1) return { exponent: null, slope, why: 'its entries are too few to tell' };
  if (high - low < EXACT) return { exponent: Math.round(line.slope * 1e4) / 1e4, slope, why: null };
  return { exponent: null, slope, why: `its slope over ${widths.join(', ')} is no multiple of ¼` };
}

function unknown(why: string): FittedPower {
  return { exponent: null, slope: null, why };
}

interface Line {
  readonly slope: number;
  readonly error: number;
  readonly isBent: boolean;
}

function fitLine(xs: readonly number[], ys: readonly number[], errors: readonly number[]): Line {
  const weights = errors.map((error) => 1 / (error * error));
  const total = sum(weights);
  const [meanX, meanY] = [xs, ys].map((each) => sum(each.map((one, i) => one * weights[i]!)) / total);
  const spread = sum(xs.map((x, i) => weights[i]! * (x - meanX!) ** 2));
  const slope = sum(xs.map((x, i) => weights[i]! * (x - meanX!) * (ys[i]! - meanY!))) / spread;
  const residuals = xs.map((x, i) => ys[i]! - meanY! - slope * (x - meanX!));
  const { errors: most, size } = MOST_RESIDUAL;
  return {
    slope,
    error: Math.sqrt(1 / spread),
    isBent: residuals.some((residual, i) => Math.abs(residual) > Math.max(most * errors[i]!, size)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function quartersIn(low: number, high: number): readonly number[] {
  const first = Math.ceil(low * 4);
  const count = Math.max(0, Math.floor(high * 4) - first + 1);
  // −0 is written as 0.
  return Array.from({ length: count }, (_, i) => (first + i) / 4 + 0);
}

/** Powers that sizes of layers have. */
const SPEEDS = [0, 1 / 2, 1, 3 / 2, 2, 3];
/** Sizes that are rounded to a multiple of something are off a power by so much. */
const ROUNDED = 0.12;

/**
 * How fast a dimension grows: the power of the width that it is, or ends as. `n + 16` grows like n, and so does ⅔·4·n
 * rounded up to a multiple of 256; null where the widths do not show which.
 */
export function speedOf(sizes: readonly number[], widths: readonly number[]): number | null {
  const [first = 0, second = 0, third] = sizes;
  const [from = 1, to = 1, beyond] = widths;
  if (sizes.every((size) => size === first)) return 0;
  const exact = SPEEDS.find((speed) =>
    sizes.every((size, i) => Math.abs(size - first * widthPower(widths[i]! / from, speed)) < 0.5),
  );
  if (exact !== undefined) return exact;
  const rise = (second - first) / (to - from);
  const isAffine = third !== undefined && third === second + rise * (beyond! - to);
  if (isAffine && rise > 0) return 1;
  const slope = Math.log(sizes.at(-1)! / first) / Math.log(widths.at(-1)! / from);
  const near = SPEEDS.filter((speed) => Math.abs(slope - speed) < ROUNDED);
  return near.length === 1 && near[0] !== 0 ? near[0]! : null;
}
