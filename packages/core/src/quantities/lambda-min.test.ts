import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { singularValues } from '../linalg/singular-values.ts';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { jointLambdaMin } from './joint-lambda-min.ts';
import { lambdaMin } from './lambda-min.ts';

function normalFeatures(samples: number, width: number, seed: number): Matrix {
  return matrix(samples, width, fillNormal(new Float64Array(samples * width), rngFromSeed(seed)));
}

describe('λ_min', () => {
  test.prop([fc.integer({ min: 1, max: 8 }), fc.integer({ min: 8, max: 60 }), fc.nat()])(
    'is the square of the smallest singular value over the width, within its floor',
    (samples, width, seed) => {
      const features = normalFeatures(samples, width, seed);
      const { value, floor } = lambdaMin(features);
      const sigma = singularValues(features).at(-1)!;
      expect(Math.abs(value - (sigma * sigma) / width)).toBeLessThan(floor);
    },
  );

  test('is ¾ of two samples at an angle of cosine ¼', () => {
    // Columns (1, 0) and (¼, √15/4) times √2: G = [[1, ¼], [¼, 1]].
    const features = matrix(
      2,
      2,
      Float64Array.of(Math.SQRT2, 0, Math.SQRT2 / 4, (Math.SQRT2 * Math.sqrt(15)) / 4),
    );
    expect([lambdaMin(features).value]).toBeCloseToAll([0.75], { rtol: 4 * Number.EPSILON });
  });

  test('of dependent samples is below its floor, and never negative', () => {
    for (let seed = 0; seed < 50; seed++) {
      const features = normalFeatures(4, 64, seed);
      for (let k = 0; k < 64; k++) features.data[3 * 64 + k] = features.data[k] - features.data[64 + k];
      const { value, floor } = lambdaMin(features);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(floor);
    }
  });

  test('is 0 with more samples than units', () => {
    expect(lambdaMin(normalFeatures(5, 4, 1)).value).toBe(0);
  });

  test('has the floor 4 max(n, samples) ε λ_max', () => {
    const features = matrix(1, 16, new Float64Array(16).fill(3));
    expect(lambdaMin(features)).toEqual({ value: 9, floor: 4 * 16 * Number.EPSILON * 9 });
  });
});

describe('joint λ_min', () => {
  test('is that of initial and trained features side by side', () => {
    // Orthogonal directions of squared length 4 and 1 over width 2.
    const joint = jointLambdaMin(matrix(1, 2, Float64Array.of(2, 0)), matrix(1, 2, Float64Array.of(0, 1)));
    expect(joint.value).toBe(0.5);
  });

  test('is below its floor where nothing moved', () => {
    const features = normalFeatures(3, 32, 2);
    const { value, floor } = jointLambdaMin(features, features);
    expect(value).toBeLessThan(floor);
  });

  test('never exceeds λ_min of either end', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [before, after] = [normalFeatures(4, 40, seed), normalFeatures(4, 40, seed + 100)];
      const { value, floor } = jointLambdaMin(before, after);
      expect(value).toBeLessThan(Math.min(lambdaMin(before).value, lambdaMin(after).value) + floor);
    }
  });

  test('needs features of one width', () => {
    expect(() => jointLambdaMin(matrix(1, 2), matrix(1, 3))).toThrow(
      'jointLambdaMin: expected features of one width, got 2 and 3',
    );
  });
});
