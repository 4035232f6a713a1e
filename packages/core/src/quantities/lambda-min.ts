import { eigvalsh } from '../linalg/eigvalsh.ts';
import { sampleGram } from '../linalg/gram.ts';
import type { Matrix } from '../linalg/matrix.ts';

/** A smallest eigenvalue and the size of the rounding noise it stands in. */
export interface LambdaMin {
  /** ≥ 0. Below `floor` it says nothing but "not larger than that". */
  readonly value: number;
  readonly floor: number;
}

/**
 * Smallest eigenvalue of the sample Gram of a layer's features: its richness.
 *
 *     λ_min(XᵀX/n)        floor = 4 max(n, samples) ε λ_max
 *
 * Zero exactly when the samples' features are linearly dependent, so always with more samples than width.
 *
 * @param features one sample a row: shape [samples, width]
 * @returns the value, a negative rounding error clamped to 0, and its floor
 * @see docs/math.md#lambda-min
 */
export function lambdaMin(features: Matrix): LambdaMin {
  const eigenvalues = eigvalsh(sampleGram(features));
  const largest = eigenvalues[0] ?? 0;
  const smallest = features.rows > features.cols ? 0 : (eigenvalues.at(-1) ?? 0);
  return {
    value: smallest < 0 ? 0 : smallest,
    floor: 4 * Math.max(features.rows, features.cols) * Number.EPSILON * largest,
  };
}
