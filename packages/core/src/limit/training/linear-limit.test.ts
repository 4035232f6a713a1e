import { describe, expect, test } from 'vitest';
import { eigvalsh } from '../../linalg/eigvalsh.ts';
import { matrix } from '../../linalg/matrix.ts';
import { linearLimit } from './linear-limit.ts';
import type { LimitTraining } from './training-limit.ts';

const ONE = { input: 1, hidden: 1, output: 1, readoutStd: 1 };

/** Two inputs (1, 0) and (.6, .8), the sum of ½(f − y)², one rate. */
function twoSamples(depth: number, y: readonly number[], rate: number, steps: number): LimitTraining {
  return {
    depth,
    inputGram: matrix(2, 2, Float64Array.of(1, 0.6, 0.6, 1)),
    targets: matrix(2, 1, Float64Array.from(y)),
    loss: { kind: 'half-square', reduction: 'sum' },
    steps,
    rates: { ...ONE, input: rate, hidden: rate, output: rate },
  };
}

// Computed in NumPy from the same equations, and held to ensembles of networks of width 400.
const ANTISYMMETRIC = [
  [
    1,
    [0.16, 0.30231347, 0.43682808, 0.56287698, 0.67543688, 0.76945098, 0.84261302, 0.89598958],
    0.880347004,
  ],
  [
    2,
    [0.24, 0.46435015, 0.69488068, 0.87864245, 0.96899777, 0.99422032, 0.99903252, 0.99984155],
    1.508680625,
  ],
  [3, [0.32, 0.66174808, 0.98496816, 1.00568887, 0.997709, 1.00090133, 0.99964204, 1.00014164], 1.6],
  [4, [0.4, 0.91598761, 1.07731852, 0.91164563, 1.08044696, 0.90799856, 1.08294424, 0.90514397], 1.6],
] as const;

describe('a linear network of infinite width', () => {
  test.each(ANTISYMMETRIC)(
    'of depth %d learns opposite targets as it should, step by step',
    (depth, curve, least) => {
      const { outputs, kernels } = linearLimit(twoSamples(depth, [1, -1], 0.2, 8));
      for (const [index, expected] of curve.entries()) {
        expect(outputs[index + 1].data[0]).toBeCloseTo(expected, 7);
        expect(outputs[index + 1].data[1]).toBeCloseTo(-expected, 7);
      }
      expect(eigvalsh(kernels[8][depth - 1])[1]).toBeCloseTo(least, 8);
    },
  );

  test.each([
    [1, 0.89859491, 0.59289692],
    [2, 0.95307282, 0.55212709],
    [3, 0.97987811, 0.52353663],
    [4, 0.9925801, 0.50908537],
  ])('of depth %d learns targets of one sign', (depth, first, second) => {
    const { outputs } = linearLimit(twoSamples(depth, [1, 0.5], 0.1, 10));
    expect(outputs[10].data[0]).toBeCloseTo(first, 7);
    expect(outputs[10].data[1]).toBeCloseTo(second, 7);
  });

  test('gives an output that has nothing to learn no share in the first update', () => {
    const one = twoSamples(2, [1, -1], 0.1, 5);
    const both = { ...one, targets: matrix(2, 2, Float64Array.of(1, 0, -1, 0)) };
    const [single, double] = [linearLimit(one), linearLimit(both)];
    expect(double.outputs[1].data[0]).toBeCloseTo(single.outputs[1].data[0], 12);
    expect(double.outputs[1].data[1]).toBeCloseTo(0, 12);
  });

  // NumPy, 30 networks of width 1024, which are off by some 1/n: parts 1.0324, 0.0329, 0.0379, 0.0247.
  test('has a readout that is the sum of its start and its updates', () => {
    const { law } = linearLimit(twoSamples(2, [1, 0.5], 0.1, 3));
    const { start, updates } = law!.readout;
    for (const [at, value] of [1.0324, 0.0329, 0.0379, 0.0247].entries()) {
      expect(Math.abs([start, ...updates][at] - value)).toBeLessThan(at === 0 ? 0.023 : 0.001);
    }
  });

  test('has Gaussian neurons: bands of one are those of its variance', () => {
    const { law, kernels } = linearLimit(twoSamples(2, [1, 0.5], 0.1, 3));
    const scale = Math.sqrt(kernels[3][1].data[0] / kernels[0][1].data[0]);
    expect(law!.trained[0][31]).toBeCloseTo(scale * law!.start[0][31], 12);
    expect(law!.start[0][31]).toBeCloseTo(2.2522, 4);
  });
});
