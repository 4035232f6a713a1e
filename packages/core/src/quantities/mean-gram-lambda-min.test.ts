import { describe, expect, test } from 'vitest';
import { sampleGram } from '../linalg/gram.ts';
import { matrix } from '../linalg/matrix.ts';
import { packedGram } from '../linalg/packed-gram.ts';
import { fillNormal } from '../random/normal.ts';
import { rngFromSeed } from '../random/rng.ts';
import { lambdaMeans, type MeasuredGram } from './mean-gram-lambda-min.ts';

const GRAMS: readonly MeasuredGram[] = [
  { width: 8, gram: [0.433387, -0.182275, 1.2577, 0.045337, 0.144412, 0.513613] },
  { width: 8, gram: [0.442038, -0.176538, 0.46985, -0.598588, 0.688975, 1.554437] },
  { width: 8, gram: [1.104475, -0.143125, 0.917875, -0.252763, -0.091488, 1.264638] },
  { width: 16, gram: [1.097638, -0.111837, 0.897088, 0.165406, -0.057719, 0.909219] },
  { width: 16, gram: [0.723219, 0.167769, 1.046037, 0.105119, -0.327044, 1.044544] },
  { width: 16, gram: [0.914512, -0.160787, 0.935231, -0.11695, 0.494781, 0.957206] },
];

test('λ_min of the mean Gram and its variance by halves are those of NumPy', () => {
  const means = lambdaMeans(GRAMS);
  if ('reason' in means) throw new Error(means.reason);
  expect(means.at.map(({ mean }) => mean)).toBeCloseToAll([-0.6439538229790578, -0.1527342213214262]);
  expect(means.variance).toBeCloseTo(6.576432760787826, 10);
  expect(means.degrees).toBe(4);
  expect(means.bounded).toEqual([]);
});

test('white features are biased less by the mean Gram than by single runs', () => {
  const random = rngFromSeed(7);
  const grams = [32, 128].flatMap((width) =>
    Array.from({ length: 4 }, () => {
      const features = matrix(4, width);
      fillNormal(features.data, random, 1);
      return { width, gram: packedGram(sampleGram(features)) };
    }),
  );
  const means = lambdaMeans(grams);
  if ('reason' in means) throw new Error(means.reason);
  // Marchenko–Pastur for 4 samples and 4 · 32 units: (1 − √(1/32))² = .68, against .42 for one run.
  expect(Math.exp(means.at[0].mean)).toBeGreaterThan(0.55);
});

test('the least eigenvector of distinct eigenvalues is mixed with others by little, of equal ones by more than a gap tells', () => {
  const mixingOf = (spectrum: readonly number[]): number => {
    const random = rngFromSeed(3);
    const grams = [128, 256, 512].flatMap((width) =>
      Array.from({ length: 5 }, () => {
        const features = matrix(spectrum.length, width);
        spectrum.forEach((lambda, row) => {
          fillNormal(features.data.subarray(row * width, (row + 1) * width), random, Math.sqrt(lambda));
        });
        return { width, gram: packedGram(sampleGram(features)) };
      }),
    );
    const means = lambdaMeans(grams);
    if ('reason' in means) throw new Error(means.reason);
    return means.mixing;
  };
  // Σ_j λ_P λ_j / (λ_j − λ_P)² / (128 · 5), the variance of log λ_P being 2/n.
  const expected = [1, 0.5, 0.25].reduce((sum, each) => sum + (0.1 * each) / (each - 0.1) ** 2 / 640, 0);
  expect(mixingOf([1, 0.5, 0.25, 0.1]) / expected).toBeGreaterThan(0.4);
  expect(mixingOf([1, 0.5, 0.25, 0.1]) / expected).toBeLessThan(2.5);
  expect(mixingOf([1, 1, 1, 1])).toBeGreaterThan(1 / 4);
});

describe('what has no λ_min', () => {
  const collapsed = (width: number): MeasuredGram => ({ width, gram: [1, 1, 1] });

  test('is bounded by the floor at the widths where it falls below', () => {
    const kept = Array.from({ length: 3 }, () => ({ width: 8, gram: [1, 0.5, 1] }));
    const means = lambdaMeans([...kept, ...Array.from({ length: 3 }, () => collapsed(16))]);
    expect(means).toMatchObject({ bounded: [16] });
  });

  test('is said where it is below the floor everywhere', () => {
    const grams = [8, 16].flatMap((width) => Array.from({ length: 3 }, () => collapsed(width)));
    expect(lambdaMeans(grams)).toEqual({ reason: 'λ_min is below its numerical floor at every width' });
  });

  test.for([
    [[] as readonly MeasuredGram[], 'no run has a value'],
    [GRAMS.slice(0, 3), 'all points are of one width'],
    [GRAMS.slice(1), 'width 8 has fewer than 3 seeds'],
  ] as const)('is said of what is missing', ([grams, reason]) => {
    expect(lambdaMeans(grams)).toEqual({ reason });
  });
});
