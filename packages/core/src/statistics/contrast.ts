import { studentT } from './student-t.ts';
import { sum, type WidthMeans } from './width-means.ts';

/** A number that is linear in the means of widths, with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  readonly degrees: number;
}

/** Its two-sided interval, which leaves out `tail` on either side. */
export function intervalOf(
  { value, standardError, degrees }: Estimate,
  tail?: number,
): readonly [low: number, high: number] {
  const margin = studentT(degrees, tail) * standardError;
  return [value - margin, value + margin];
}

/**
 * The exponent β of a power law ∝ width^β: weighted least squares of the means on log width, with the weights n·S.
 *
 *     β = Σ w (ξ − ξ̄)(υ − ῡ) / Σ w (ξ − ξ̄)²        ξ = log width, υ = log value, w = n·S
 *     s.e.(β)² = σ̂² / Σ w (ξ − ξ̄)²
 */
export function slopeEstimate(means: WidthMeans): Estimate {
  return contrast(
    means,
    slopeCoefficients(
      means.at.map(({ width }) => Math.log(width)),
      means,
    ),
  );
}

/** How a slope bends: over the lower and the upper half of the widths, the middle one shared where their number is odd. */
export interface Halves {
  readonly lower: Estimate;
  readonly upper: Estimate;
  /** Upper minus lower. */
  readonly bend: Estimate;
}

/** @returns null with fewer than 3 widths */
export function halfSlopes(means: WidthMeans): Halves | null {
  const count = means.at.length;
  if (count < 3) return null;
  const half = Math.ceil(count / 2);
  const within = (from: number, to: number): number[] => {
    const part = { ...means, at: means.at.slice(from, to) };
    const xs = part.at.map(({ width }) => Math.log(width));
    const own = slopeCoefficients(xs, part);
    return means.at.map((_, index) => own[index - from] ?? 0);
  };
  const [lower, upper] = [within(0, half), within(count - half, count)];
  return {
    lower: contrast(means, lower),
    upper: contrast(means, upper),
    bend: contrast(
      means,
      upper.map((each, index) => each - lower[index]),
    ),
  };
}

/**
 * Where a quantity goes as n → ∞: a of q^k = a + c/n, by weighted least squares with the weights n·S.
 *
 * A mean of logarithms is below the logarithm of a mean by half its variance, which falls like 1/n: c takes it up.
 *
 * @param power k, which turns log q into q^k
 * @returns null with fewer than 3 widths, where a line through two points is no evidence
 */
export function limitEstimate(means: WidthMeans, power: number): Estimate | null {
  if (means.at.length < 3) return null;
  const xs = means.at.map(({ width }) => 1 / width);
  const weights = means.at.map(({ information }) => information);
  const center = weightedMean(xs, weights);
  const total = sum(weights);
  const slopes = slopeCoefficients(xs, means);
  const coefficients = weights.map((weight, index) => weight / total - center * slopes[index]);
  return contrast(means, coefficients, (log) => {
    const value = Math.exp(power * log);
    return { value, derivative: power * value };
  });
}

function slopeCoefficients(xs: readonly number[], { at }: WidthMeans): number[] {
  const weights = at.map(({ information }) => information);
  const center = weightedMean(xs, weights);
  const spread = sum(xs.map((x, index) => weights[index] * (x - center) * (x - center)));
  return xs.map((x, index) => (weights[index] * (x - center)) / spread);
}

function contrast(
  { at, variance, degrees }: WidthMeans,
  coefficients: readonly number[],
  of: (log: number) => { readonly value: number; readonly derivative: number } = identity,
): Estimate {
  const terms = at.map(({ mean, information }, index) => {
    const { value, derivative } = of(mean);
    const factor = coefficients[index] * derivative;
    return { value: coefficients[index] * value, square: (factor * factor) / information };
  });
  const squares = sum(terms.map(({ square }) => square));
  return {
    value: sum(terms.map(({ value }) => value)),
    standardError: Math.sqrt(variance * squares),
    degrees,
  };
}

function identity(log: number): { readonly value: number; readonly derivative: number } {
  return { value: log, derivative: 1 };
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  return sum(values.map((value, index) => weights[index] * value)) / sum(weights);
}
