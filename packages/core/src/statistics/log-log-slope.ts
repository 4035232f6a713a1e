import { studentT975 } from './student-t.ts';

/** A fitted exponent with its 95 % interval; all null where it cannot be fitted, and then `reason` says why. */
export interface Slope {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason?: string;
}

/** A quantity at one width, for one seed. */
export interface MeasuredPoint {
  readonly width: number;
  readonly value: number;
  /** Below it, a value is rounding noise. */
  readonly floor?: number | null;
}

/**
 * The exponent β of a power law value ∝ width^β: ordinary least squares of log value on log width over all points.
 *
 *     β = Σ (ξ − ξ̄)(υ − ῡ) / Σ (ξ − ξ̄)²        ξ = log width, υ = log value
 *     β ± t₀.₉₇₅(N − 2) · √(Σ residual² / (N − 2) / Σ (ξ − ξ̄)²)
 *
 * @returns nulls and a reason with fewer than 3 points or 2 different widths, or where a value is not positive, not
 *   finite or below its floor
 * @see docs/math.md#slopes-and-verdicts
 */
export function logLogSlope(points: readonly MeasuredPoint[]): Slope {
  const reason = whyNoSlope(points);
  if (reason !== undefined) return noSlope(reason);

  const xs = points.map(({ width }) => Math.log(width));
  const ys = points.map(({ value }) => Math.log(value));
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const spread = sum(xs.map((x) => (x - meanX) * (x - meanX)));
  const slope = sum(xs.map((x, i) => (x - meanX) * (ys[i] - meanY))) / spread;

  const residuals = xs.map((x, i) => ys[i] - meanY - slope * (x - meanX));
  const degrees = points.length - 2;
  const standardError = Math.sqrt(sum(residuals.map((residual) => residual * residual)) / degrees / spread);
  const margin = studentT975(degrees) * standardError;
  return { value: slope, low: slope - margin, high: slope + margin };
}

/** A slope that cannot be fitted. */
export function noSlope(reason: string): Slope {
  return { value: null, low: null, high: null, reason };
}

function whyNoSlope(points: readonly MeasuredPoint[]): string | undefined {
  if (points.length < 3) return `an interval needs at least 3 points, there are ${points.length}`;
  if (new Set(points.map(({ width }) => width)).size < 2) return 'all points are of one width';
  for (const { width, value, floor } of points) {
    if (value === 0) return `the value at width ${width} is 0`;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      return `the value at width ${width} is not positive`;
    if (floor && value < floor) return `the value at width ${width} is below its numerical floor`;
  }
  return undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
