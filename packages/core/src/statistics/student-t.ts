/** What a two-sided 95 % interval leaves out on either side. */
export const TAIL_95: number = 0.025;

/**
 * Probability that Student's t with `degrees` degrees of freedom lies in [−t, t], as a function of θ = atan(t/√ν).
 *
 *     ν odd:   A = (2/π)·[θ + sin θ·(cos θ + ⅔·cos³θ + … + (2·4⋯(ν−3))/(1·3⋯(ν−2))·cos^{ν−2}θ)]
 *     ν even:  A = sin θ·[1 + ½·cos²θ + … + (1·3⋯(ν−3))/(2·4⋯(ν−2))·cos^{ν−2}θ]
 *
 * @see Abramowitz & Stegun 1964, 26.7.3 and 26.7.4
 */
function centralProbability(theta: number, degrees: number): number {
  const cosine = Math.cos(theta);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = odd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= ((power - 1) / power) * cosine * cosine;
    sum += term;
  }
  const series = Math.sin(theta) * sum;
  return odd ? (2 / Math.PI) * (theta + series) : series;
}

/**
 * The factor of a two-sided interval: the quantile of Student's t that is exceeded with probability `tail`.
 *
 * @param degrees degrees of freedom, a positive integer
 * @param tail in (0, ½); by default that of a 95 % interval
 * @returns at 0.025 from 12.706 for one degree down towards 1.960
 * @see docs/math.md#slopes-and-verdicts
 */
export function studentT(degrees: number, tail: number = TAIL_95): number {
  if (!Number.isInteger(degrees) || degrees < 1) {
    throw new RangeError(`studentT: expected a positive integer, got ${degrees}`);
  }
  if (!(tail > 0 && tail < 1 / 2)) throw new RangeError(`studentT: expected a tail in (0, ½), got ${tail}`);
  const central = 1 - 2 * tail;
  let low = 0;
  let high = Math.PI / 2;
  // Bisection until neighboring numbers: the probability rises strictly with θ.
  for (let middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (centralProbability(middle, degrees) < central) low = middle;
    else high = middle;
  }
  return Math.tan(high) * Math.sqrt(degrees);
}
