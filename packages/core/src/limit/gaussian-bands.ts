import { erf } from '../model/erf.ts';
import { BANDS } from '../statistics/quantile-bands.ts';

/** Halvings of [0, 10] that leave a quantile as exact as float64 has it. */
const HALVINGS = 60;
const REACH = 10;

/** Bands of N(0, σ²) as `quantileBands` has them of a sample, exactly: K σ (ϕ(z_{k−1}) − ϕ(z_k)) with the quantiles z and the density ϕ of N(0, 1). */
export function gaussianBands(variance: number): readonly number[] {
  const sigma = Math.sqrt(variance);
  const densities = Array.from({ length: BANDS + 1 }, (_, edge) => {
    if (edge === 0 || edge === BANDS) return 0;
    const z = normalQuantile(Math.max(edge, BANDS - edge) / BANDS);
    return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  });
  return Array.from({ length: BANDS }, (_, band) => BANDS * sigma * (densities[band] - densities[band + 1]));
}

/** @param p at least ½ */
function normalQuantile(p: number): number {
  let [low, high] = [0, REACH];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if ((1 + erf(middle / Math.SQRT2)) / 2 < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
