import { describe, expect, test } from 'vitest';
import { dot } from '../linalg/dot.ts';
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
    const none = { count: 0, first: [] };
    expect(assumption).toMatchObject({ holds: true, duplicates: none, antipodes: none, parallel: none });
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

  test('fails for a lone antipodal pair, which satisfies its words', () => {
    expect(dataAssumption(points([1, 2], [-1, -2]))).toMatchObject({
      holds: false,
      antipodes: { count: 1, first: [[0, 1]] },
    });
  });

  test('holds for one point', () => {
    expect(dataAssumption(points([1, 2]))).toMatchObject({ holds: true, minGap: 1, minOverlap: 1 });
  });

  test('of more samples than are compared is not known, unless any two are parallel or some of the first violate it', () => {
    const { inputs, samples, inputDim } = mixtureDataset({ classes: 3, dim: 16, samples: 300, seed: 1 });
    const some = 100 * 100 * (16 + 100);
    const holds = (entries: Float64Array): boolean | null =>
      dataAssumption(matrix(samples, inputDim, entries), some).holds;
    expect(dataAssumption(matrix(samples, inputDim, inputs), some)).toMatchObject({
      ...{ holds: null, compared: 100 },
    });
    expect(holds(inputs.slice().copyWithin(299 * inputDim, 250 * inputDim, 251 * inputDim))).toBe(false);
    const orthogonal = inputs.slice();
    for (let k = 0; k < inputDim; k++) {
      orthogonal[3 * inputDim + k] = k < 8 ? orthogonal[k] : 0;
      orthogonal[7 * inputDim + k] = k < 8 ? 0 : orthogonal[k];
    }
    expect(holds(orthogonal)).toBe(false);
  });

  test('is the same of all rows, whether their inner products are held at once or in blocks', () => {
    const { inputs, samples, inputDim } = mixtureDataset({ classes: 3, dim: 4, samples: 1460, seed: 1 });
    const { minGap, minOverlap, compared } = dataAssumption(matrix(samples, inputDim, inputs));
    const row = (i: number): Float64Array => inputs.subarray(i * inputDim, (i + 1) * inputDim);
    const norms = Array.from({ length: samples }, (_, i) => Math.hypot(...row(i)));
    const largest = Math.max(...norms);
    let [gap, overlap] = [1, 1];
    for (let i = 0; i < samples; i++) {
      const sizes = Float64Array.from(
        { length: samples },
        (_, j) => Math.abs(dot(row(i), row(j))) / (norms[i] * largest),
      );
      sizes[i] = 2;
      sizes.sort();
      overlap = Math.min(overlap, sizes[0]);
      for (let at = 1; at < samples - 1; at++) gap = Math.min(gap, sizes[at] - sizes[at - 1]);
    }
    expect(compared).toBe(samples);
    expect([minGap, minOverlap]).toBeCloseToAll([gap, overlap]);
  });
});
