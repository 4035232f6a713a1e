import { type Linalg, PLAIN_LINALG } from '../linalg/linalg.ts';
import type { Matrix } from '../linalg/matrix.ts';

/** Eigenvalues of the sample Gram of a layer's features, from which its richness and its ranks follow. */
export interface GramSpectrum {
  /** λ_1 ≥ … ≥ λ_P. Rounding may leave small negative ones where features are dependent. */
  readonly eigenvalues: Float64Array;
  /** Size of the rounding noise in each of them. */
  readonly floor: number;
}

/** One-sided Jacobi on so few samples costs little, and keeps every digit. */
const FEW_SAMPLES = 32;
/** So far above its floor an eigenvalue is good to 2^−10, its root to 2^−11, and the smallest weigh least in a rank. */
const FLOOR_DISTANCE = 2 ** 10;

/**
 * Spectrum of the sample Gram.
 *
 *     eigenvalues of XᵀX/n        floor = 4 max(n, samples) ε λ_max
 *
 * @param features one sample a row: shape [samples, width]
 * @param gram of them, where it is known already
 * @see docs/math.md#lambda-min
 */
export function gramSpectrum(
  features: Matrix,
  linalg: Linalg = PLAIN_LINALG,
  gram: Matrix = linalg.sampleGram(features),
): GramSpectrum {
  return spectrumOfGram(gram, features.cols, linalg);
}

/** The same of a Gram by itself, of so many units: one that is a mean over seeds, too. */
export function spectrumOfGram(gram: Matrix, width: number, linalg: Linalg = PLAIN_LINALG): GramSpectrum {
  const eigenvalues = linalg.eigvalsh(gram);
  const largest = eigenvalues[0] ?? 0;
  return { eigenvalues, floor: 4 * Math.max(gram.rows, width) * Number.EPSILON * largest };
}

/**
 * Singular values of the features, σ_j = √(n λ_j) where the Gram knows them well enough.
 *
 * Near the floor the Gram has lost them: then, and for few samples, they come from the features themselves.
 *
 * @returns samples values, or as many as units where those are fewer; descending
 */
export function featureSingularValues(
  features: Matrix,
  { eigenvalues, floor }: GramSpectrum,
  linalg: Linalg = PLAIN_LINALG,
): Float64Array {
  const smallest = eigenvalues.at(-1) ?? 0;
  const known = smallest >= FLOOR_DISTANCE * floor; // false for NaN
  if (features.rows <= FEW_SAMPLES || !known) return linalg.singularValues(features);
  return eigenvalues.map((lambda) => Math.sqrt(features.cols * lambda));
}
