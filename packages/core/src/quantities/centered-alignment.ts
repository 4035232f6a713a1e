import type { Matrix } from '../linalg/matrix.ts';

const FEWEST_SAMPLES = 4;
/** Sums of n terms lose up to n ε of their size; a few of them stand in one HSIC. */
const ROUNDING = 16;

/**
 * Linear CKA of two Grams of the same samples by the unbiased estimator of HSIC, which few samples of many units do not
 * raise. Blind to rotation and scale, so to features that shrink.
 *
 *     HSIC(K, L) = [tr K̃L̃ + (1ᵀK̃1)(1ᵀL̃1)/((N−1)(N−2)) − 2/(N−2) · 1ᵀK̃L̃1] / (N(N−3)),  K̃, L̃ with 0 on the diagonal
 *     CKA = HSIC(G_0, G_t) / √(HSIC(G_0, G_0) HSIC(G_t, G_t))
 *
 * @returns at most 1, below 0 by chance; null of fewer than 4 samples, and where one Gram has no structure of its own
 * @see Song et al. 2012; Kornblith et al. 2019 (docs/math.md#what-else-a-gram-shows)
 */
export function centeredAlignment(initial: Matrix, now: Matrix): number | null {
  if (now.rows < FEWEST_SAMPLES) return null;
  const [before, after] = [unbiasedHsic(initial, initial), unbiasedHsic(now, now)];
  if (before <= roundingOf(initial) || after <= roundingOf(now)) return null;
  return unbiasedHsic(initial, now) / Math.sqrt(before * after);
}

/** What of an HSIC of a Gram with itself is rounding: its three terms are of the size of ‖K̃‖²_F, and may cancel. */
function roundingOf({ rows: n, data }: Matrix): number {
  const squares = data.reduce((sum, value, at) => (at % (n + 1) === 0 ? sum : sum + value * value), 0);
  return (ROUNDING * n * Number.EPSILON * squares) / (n * (n - 3));
}

function unbiasedHsic(k: Matrix, l: Matrix): number {
  const n = k.rows;
  let [trace, product] = [0, 0];
  const [sums, others] = [offDiagonalSums(k), offDiagonalSums(l)];
  for (let i = 0; i < n; i++) {
    product += sums[i] * others[i];
    for (let j = 0; j < n; j++) if (i !== j) trace += k.data[i * n + j] * l.data[i * n + j];
  }
  const total = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0);
  const mixed = (total(sums) * total(others)) / ((n - 1) * (n - 2));
  return (trace + mixed - (2 / (n - 2)) * product) / (n * (n - 3));
}

function offDiagonalSums({ rows, data }: Matrix): readonly number[] {
  return Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < rows; j++) if (i !== j) sum += data[i * rows + j];
    return sum;
  });
}
