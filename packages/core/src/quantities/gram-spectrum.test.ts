import { describe, expect, test } from 'vitest';
import { matrix } from '../linalg/matrix.ts';
import { singularValues } from '../linalg/singular-values.ts';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { effectiveRank } from './effective-rank.ts';
import { featureSingularValues, gramSpectrum } from './gram-spectrum.ts';
import { stableRank } from './stable-rank.ts';

/** Features whose samples shrink from 1 to `last`, so that their spectrum spreads as far. */
function spreadFeatures(samples: number, width: number, last: number) {
  const features = matrix(
    samples,
    width,
    fillNormal(new Float64Array(samples * width), rngFromSeed(samples)),
  );
  for (let row = 0; row < samples; row++) {
    const factor = Math.exp((row / (samples - 1)) * Math.log(last));
    for (let k = 0; k < width; k++) features.data[row * width + k] *= factor;
  }
  return features;
}

describe('the singular values of features', () => {
  test.each([1, 1e-2, 1e-4])('are the roots of the Gram’s eigenvalues where samples shrink to %d', (last) => {
    const features = spreadFeatures(64, 200, last);
    const spectrum = gramSpectrum(features);
    const sigma = featureSingularValues(features, spectrum);
    const direct = singularValues(features);
    // An eigenvalue is off by its floor at most, σ = √(nλ) by n·floor/(2σ).
    const atol = (200 * spectrum.floor) / (2 * direct[63]);
    expect(sigma).toBeCloseToAll(direct, { rtol: 0, atol });
    expect([stableRank(sigma)]).toBeCloseToAll([stableRank(direct)], { rtol: 200 * Number.EPSILON });
    // |∂ log erank/∂σ_j| ≤ (1 + log 64 + log σ_1/σ_j)/Σσ
    const slope = (1 + Math.log(64) + Math.log(direct[0] / direct[63])) / direct[0];
    expect([effectiveRank(sigma)]).toBeCloseToAll([effectiveRank(direct)], { rtol: 64 * atol * slope });
  });

  test.each([
    ['few samples', spreadFeatures(32, 200, 1e-2)],
    ['samples that reach the floor', spreadFeatures(64, 200, 1e-7)],
    ['more samples than units', spreadFeatures(64, 40, 1)],
  ])('are taken from the features themselves for %s', (_, features) => {
    expect(featureSingularValues(features, gramSpectrum(features))).toEqual(singularValues(features));
  });

  test('of no sample are none, without noise', () => {
    const features = matrix(0, 80);
    const spectrum = gramSpectrum(features);
    expect(spectrum.floor).toBe(0);
    expect(featureSingularValues(features, spectrum)).toEqual(new Float64Array(0));
  });

  test('of zero features are 0', () => {
    const features = matrix(64, 80);
    expect(featureSingularValues(features, gramSpectrum(features))).toEqual(new Float64Array(64));
  });
});
