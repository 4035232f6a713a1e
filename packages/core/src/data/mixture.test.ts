import { describe, expect, test } from 'vitest';
import { datasetHash } from './dataset-hash.ts';
import { mixtureDataset } from './mixture.ts';

describe('a Gaussian mixture', () => {
  test('lies on the unit sphere, classes in turn', () => {
    const { inputs, targets, samples } = mixtureDataset({ classes: 3, dim: 5, samples: 7, seed: 0 });
    for (let i = 0; i < samples; i++) {
      const squares = inputs.subarray(5 * i, 5 * i + 5).reduce((sum, x) => sum + x * x, 0);
      expect([squares]).toBeCloseToAll([1], { rtol: 10 * Number.EPSILON });
      expect(targets.subarray(3 * i, 3 * i + 3).findIndex((y) => y > 0)).toBe(i % 3);
    }
  });

  test('has scalar targets for two classes', () => {
    const { targets, outputDim } = mixtureDataset({ classes: 2, dim: 3, samples: 4, seed: 0 });
    expect(outputDim).toBe(1);
    expect([...targets]).toEqual([1, -1, 1, -1]);
  });

  test('keeps samples of a class closer together than samples of different ones', () => {
    const [dim, samples] = [64, 200];
    const { inputs } = mixtureDataset({ classes: 4, dim, samples, seed: 3 });
    const overlap = (i: number, j: number): number => {
      let dot = 0;
      for (let k = 0; k < dim; k++) dot += inputs[i * dim + k] * inputs[j * dim + k];
      return dot;
    };
    let [same, sameCount, other, otherCount] = [0, 0, 0, 0];
    for (let i = 0; i < samples; i++) {
      for (let j = 0; j < i; j++) {
        if (i % 4 === j % 4) [same, sameCount] = [same + overlap(i, j), sameCount + 1];
        else [other, otherCount] = [other + overlap(i, j), otherCount + 1];
      }
    }
    // E⟨x, x′⟩ ≈ 0.49/1.49 within a class and 0 across, up to 1/√d a pair of means.
    expect(same / sameCount).toBeGreaterThan(0.2);
    expect(Math.abs(other / otherCount)).toBeLessThan(0.1);
  });

  test('depends on its seed alone', () => {
    const of = (seed: number): string =>
      datasetHash(mixtureDataset({ classes: 3, dim: 4, samples: 5, seed }));
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
  });

  test('is refused without classes, dimensions or samples', () => {
    const base = { classes: 3, dim: 4, samples: 5, seed: 0 };
    expect(() => mixtureDataset({ ...base, classes: 1 })).toThrow(
      'mixtureDataset: expected classes to be an integer ≥ 2, got 1',
    );
    expect(() => mixtureDataset({ ...base, dim: 0 })).toThrow(RangeError);
    expect(() => mixtureDataset({ ...base, samples: 2.5 })).toThrow(RangeError);
  });
});
