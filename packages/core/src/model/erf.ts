/** 2/√π. */
export const TWO_OVER_SQRT_PI = 1.1283791670955126;
/** Where the series hands over to the continued fraction, which is at full precision from here on at this depth. */
const SERIES_END = 2;
const FRACTION_DEPTH = 50;
/** 1 − erf(6) = 2·10⁻¹⁷ is below half a unit in the last place of 1. */
const SATURATION = 6;

/**
 * The error function.
 *
 *     erf x = (2/√π) e^{−x²} Σₖ 2ᵏ x^{2k+1} / (1·3·5 ⋯ (2k+1))        |x| < 2
 *     erf x = 1 − erfc x, erfc by Laplace's continued fraction          beyond
 *
 * All terms of the series have one sign, so nothing cancels: the relative error is below 4ε, of which x²ε/2 is the rounding of x².
 *
 * @returns a number in [−1, 1], odd in x; NaN for NaN
 * @see NIST Digital Library of Mathematical Functions, 7.6.2 and 7.9.1
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < SERIES_END) return series(x);
  if (Number.isNaN(x)) return x;
  const value = size >= SATURATION ? 1 : 1 - complement(size);
  return x < 0 ? -value : value;
}

function series(x: number): number {
  const twice = 2 * x * x;
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= twice / odd;
    sum += term;
  }
  return TWO_OVER_SQRT_PI * Math.exp(-x * x) * sum;
}

/** erfc x = (e^{−x²}/√π) / (x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))) for x ≥ 2. */
function complement(x: number): number {
  let tail = x;
  for (let k = FRACTION_DEPTH; k >= 1; k--) tail = x + k / 2 / tail;
  return ((TWO_OVER_SQRT_PI / 2) * Math.exp(-x * x)) / tail;
}
