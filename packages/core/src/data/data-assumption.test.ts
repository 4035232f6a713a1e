import { describe, expect, test } from 'vitest';
import { type Matrix, matrix } from '../linalg/matrix.ts';
import { dataAssumption } from './data-assumption.ts';
import { mixtureDataset } from './mixture.ts';

function points(...rows: readonly (readonly number[])[]): Matrix {
  return matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
}

describe('the data assumption', () => {
  test('holds for samples of a continuous law', () => {
    const { inputs, samples, inputDim } = mixtureDataset({ classes: 3, dim: 16, samples: 32, seed: 1 });
    const assumption = dataAssumption(matrix(samples, inputDim, inputs));
    expect(assumption).toMatchObject({ holds: true, duplicates: [], antipodes: [], parallel: [] });
    expect(assumption.minGap).toBeGreaterThan(1e-9);
  });

  test('is measured by the smallest overlap and the smallest gap of overlaps', () => {
    // Overlaps 2 (1, 2), 10 (1, 3), 3 (2, 3); norms √5, √2, 5. The smallest gap is that of point 2.
    const { minGap, minOverlap, holds } = dataAssumption(points([2, 0, 1], [1, 1, 0], [3, 0, 4]));
    expect([minGap, minOverlap]).toBeCloseToAll([1 / (Math.SQRT2 * 5), 3 / 25]);
    expect(holds).toBe(true);
  });

  test.each([
    ['orthogonal points', points([1, 0], [0, 2])],
    ['one-hot inputs', points([1, 0, 0], [0, 1, 0], [0, 0, 1])],
    ['the corners of a square', points([1, 1], [1, -1], [-1, 1], [-1, -1])],
    ['the zero input', points([0, 0], [1, 2])],
  ])('fails for %s', (_, inputs) => {
    expect(dataAssumption(inputs).holds).toBe(false);
  });

  test('names duplicates, antipodes and other parallel pairs', () => {
    const inputs = points([1, 2], [3, -1], [1, 2], [-1, -2], [6, -2]);
    expect(dataAssumption(inputs)).toMatchObject({
      holds: false,
      duplicates: [[0, 2]],
      antipodes: [
        [0, 3],
        [2, 3],
      ],
      parallel: [[1, 4]],
    });
  });

  test('fails for a lone antipodal pair, which satisfies its words', () => {
    expect(dataAssumption(points([1, 2], [-1, -2]))).toMatchObject({ holds: false, antipodes: [[0, 1]] });
  });

  test('holds for one point', () => {
    expect(dataAssumption(points([1, 2]))).toMatchObject({ holds: true, minGap: 1, minOverlap: 1 });
  });
});
