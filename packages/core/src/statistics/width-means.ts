/** A quantity at one width, for one seed. */
export interface MeasuredPoint {
  readonly width: number;
  readonly value: number;
  /** Below it, a value is rounding noise. */
  readonly floor?: number | null;
}

/** What the seeds of one width say of the logarithm of a quantity. */
export interface WidthMean {
  readonly width: number;
  readonly mean: number;
  /** n · S: the variance of the mean is σ² divided by it. */
  readonly information: number;
}

/** The logarithm of a quantity by width, with the noise that seeds leave in it. */
export interface WidthMeans {
  /** Ascending in width, at least two. */
  readonly at: readonly WidthMean[];
  /** σ̂²: the variance of one seed's value is σ²/n. */
  readonly variance: number;
  /** Degrees of freedom of σ̂². */
  readonly degrees: number;
}

/** Why nothing can be fitted. */
export interface Unmeasured {
  readonly reason: string;
}

/**
 * The mean log value of every width, with the noise pooled *within* widths, so that curvature is not counted as noise.
 *
 *     σ̂² = Σ_w n_w Σ_s (υ_ws − ῡ_w)² / Σ_w (S_w − 1)        υ = log value
 *
 * Fluctuations over seeds fall like n^−½ (docs/math.md#slopes-and-verdicts), so the weight of a width is fixed in
 * advance: it is never a variance estimated from three seeds.
 *
 * @returns a reason with fewer than 2 widths or 2 seeds, or where a value is not positive, not finite or below its floor
 */
export function logMeans(points: readonly MeasuredPoint[]): WidthMeans | Unmeasured {
  const reason = whyNoMeans(points);
  if (reason !== undefined) return { reason };
  const logs = new Map<number, number[]>();
  for (const { width, value } of points) logs.set(width, [...(logs.get(width) ?? []), Math.log(value)]);
  const widths = [...logs].sort(([left], [right]) => left - right);
  const at = widths.map(([width, values]) => ({
    width,
    mean: sum(values) / values.length,
    information: width * values.length,
  }));
  const degrees = sum(widths.map(([, values]) => values.length - 1));
  const squares = widths.map(([width, values], index) => {
    const { mean } = at[index];
    return width * sum(values.map((value) => (value - mean) * (value - mean)));
  });
  return { at, variance: sum(squares) / degrees, degrees };
}

function whyNoMeans(points: readonly MeasuredPoint[]): string | undefined {
  const widths = points.map(({ width }) => width);
  const distinct = new Set(widths);
  if (distinct.size === 0) return 'no run has a value';
  if (distinct.size < 2) return 'all points are of one width';
  if (widths.length === distinct.size) return 'an interval needs at least 2 seeds';
  for (const { width, value, floor } of points) {
    if (value === 0) return `the value at width ${width} is 0`;
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      return `the value at width ${width} is not positive`;
    if (floor && value < floor) return `the value at width ${width} is below its numerical floor`;
  }
  return undefined;
}

/** Σ values; 0 of none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
