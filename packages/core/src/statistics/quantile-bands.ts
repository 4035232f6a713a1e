/** So many bands of equal probability: enough for a shape, few enough to keep of every run. */
export const BANDS: number = 32;

/** Of so many samples, the first ones, bands are kept. */
export const BANDED_SAMPLES = 4;

/**
 * The law of a layer's units, bounded: means of its quantile function over bands of equal probability.
 *
 *     m_k = K ∫ Q(p) dp over [(k − 1)/K, k/K],  K = 32
 *
 * @param values of units that count alike, in any order, at least one
 * @returns ascending
 * @see docs/math.md#the-limit-in-training
 */
export function quantileBands(values: Float64Array): readonly number[] {
  const sorted = values.toSorted();
  const count = sorted.length;
  return Array.from({ length: BANDS }, (_, band) => {
    const [from, to] = [(band * count) / BANDS, ((band + 1) * count) / BANDS];
    let sum = 0;
    for (let at = Math.floor(from); at < to; at++) {
      sum += sorted[at] * (Math.min(at + 1, to) - Math.max(at, from));
    }
    return sum / (to - from);
  });
}

/**
 * How far two laws are apart: the mean over bands of what their means differ by, so at most the distance of Wasserstein
 * between them (docs/math.md#the-limit-in-training).
 */
export function bandDistance(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, band) => sum + Math.abs(value - other[band]), 0) / one.length;
}
