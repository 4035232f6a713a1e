import type { Matrix } from '../linalg/matrix.ts';
import { type GramSpectrum, gramSpectrum } from './gram-spectrum.ts';

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
 * @param spectrum of their Gram, where it is known already
 * @returns the value, a negative rounding error clamped to 0, and its floor
 * @see docs/math.md#lambda-min
 */
export function lambdaMin(features: Matrix, spectrum: GramSpectrum = gramSpectrum(features)): LambdaMin {
  const { eigenvalues, floor } = spectrum;
  const smallest = features.rows > features.cols ? 0 : (eigenvalues.at(-1) ?? 0);
  return { value: smallest < 0 ? 0 : smallest, floor };
}
