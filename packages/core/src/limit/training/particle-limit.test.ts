import { describe, expect, test } from 'vitest';
import { eigvalsh } from '../../linalg/eigvalsh.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { loss } from '../../model/loss.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import { activationKernel } from '../activation-kernel.ts';
import { linearLimit } from './linear-limit.ts';
import { particleLimit } from './particle-limit.ts';
import type { LimitTraining } from './training-limit.ts';

function training(inputGram: Matrix, targets: Matrix, rate: number, steps: number): LimitTraining {
  return {
    ...{ depth: 1, inputGram, targets, steps, loss: { kind: 'half-square', reduction: 'sum' } },
    rates: { input: rate, hidden: rate, output: rate, readoutStd: 1 },
  };
}

const GRAM = matrix(2, 2, Float64Array.of(1, 0.6, 0.6, 1));

function twoSamples(activation: ActivationName, y: readonly number[]) {
  return particleLimit({ ...training(GRAM, matrix(2, 1, Float64Array.from(y)), 0.3, 8), activation });
}

describe('one hidden layer of infinite width', () => {
  // NumPy, on a trapezoid grid of step 1/8.
  test('of tanh learns opposite targets as it should, to six digits', () => {
    const { outputs, kernels, error } = twoSamples('tanh', [1, -1]);
    const at = [1, 2, 4, 8].map((step) => outputs[step].data[0]);
    for (const [index, expected] of [0.1175853347, 0.2243006568, 0.4320345, 0.7617797].entries()) {
      expect(at[index]).toBeCloseTo(expected, 6);
    }
    expect(eigvalsh(kernels[8][0])[1]).toBeCloseTo(0.4709996, 6);
    // Of a grid that is coarser, and so more than this one is off by.
    expect(error).toBeLessThan(1e-5);
  });

  // NumPy, 40 networks of width 8192 trained as networks; the tolerance is three standard errors of both.
  test('has neurons spread as those of wide networks, and a readout whose parts are theirs', () => {
    const asked = { ...training(GRAM, matrix(2, 1, Float64Array.of(1, 0.5)), 0.3, 4), activation: 'tanh' };
    const { law } = particleLimit(asked as Parameters<typeof particleLimit>[0]);
    const at = [0, 7, 15, 16, 24, 31];
    const expected = [-2.2968, -0.9975, -0.0718, 0.0639, 0.9982, 2.2867];
    for (const [place, value] of expected.entries()) {
      expect(Math.abs(law!.trained[0][at[place]] - value)).toBeLessThan(3 * 0.006);
    }
    expect(Math.abs(law!.readout.start - 1.11339)).toBeLessThan(3 * 0.0054);
    for (const [step, value] of [0.14678, 0.14183, 0.10827, 0.0772].entries()) {
      expect(Math.abs(law!.readout.updates[step] - value)).toBeLessThan(3 * 0.0004);
    }
    expect(law!.error).toBeLessThan(0.006);
  });

  test('of ReLU, whose kink no grid resolves, has the kernel of Cho & Saul within its error', () => {
    const asked = training(GRAM, matrix(2, 1, Float64Array.of(1, -1)), 0.3, 0);
    const { kernels, error, lambdaMinErrors } = particleLimit({ ...asked, activation: 'relu' });
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(5e-4);
    const closed = activationKernel('relu');
    for (const [at, k12] of GRAM.data.entries()) {
      expect(Math.abs(kernels[0][0].data[at] - closed(1, 1, k12))).toBeLessThan(4 * error);
    }
    const least = closed(1, 1, 1) - closed(1, 1, 0.6);
    expect(Math.abs(eigvalsh(kernels[0][0])[1] - least)).toBeLessThan(4 * lambdaMinErrors[0]);
    expect(lambdaMinErrors[0]).toBeLessThan(error);
  });

  test('of tanh on inputs so large that it is a step on the grid says so', () => {
    const asked = training(matrix(1, 1, Float64Array.of(400)), matrix(1, 1, Float64Array.of(1)), 1e-3, 1);
    expect(particleLimit({ ...asked, activation: 'tanh' }).error).toBeGreaterThan(1e-4);
  });

  test('of tanh learns targets of one sign', () => {
    const { outputs, kernels } = twoSamples('tanh', [1, 0.5]);
    expect(outputs[8].data[0]).toBeCloseTo(0.8585896, 6);
    expect(outputs[8].data[1]).toBeCloseTo(0.5888283, 6);
    for (const [at, expected] of [0.5380673, 0.3386662, 0.3386662, 0.455339].entries()) {
      expect(kernels[8][0].data[at]).toBeCloseTo(expected, 6);
    }
  });

  test('in more dimensions says how far off it is, and the exact linear limit lies within', () => {
    const inputs = [
      [1, 0, 0, 0.2],
      [0.6, 0.8, 0, 0],
      [0.3, 0.5, 0.9, 0],
    ];
    const gram = matrix(3, 3);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++)
        gram.data[i * 3 + j] = inputs[i].reduce((sum, each, at) => sum + each * inputs[j][at], 0);
    const asked = training(gram, matrix(3, 1, Float64Array.of(1, -1, 0.5)), 0.2, 4);
    const linear = linearLimit(asked);
    const exact = linear.outputs[4].data;
    const { outputs, kernels, error, lossErrors, lambdaMinErrors } = particleLimit({
      ...asked,
      activation: 'identity',
    });
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(0.005);
    for (const [at, value] of outputs[4].data.entries())
      expect(Math.abs(value - exact[at])).toBeLessThan(4 * error);
    // Of numbers that are one and not many the error is their own, which may be far below that of the worst entry.
    const lossOf = ({ data }: Matrix) => loss(asked.loss, matrix(3, 1, data), asked.targets);
    const leastOf = (kernel: Matrix) => eigvalsh(kernel)[2];
    expect(Math.abs(lossOf(outputs[4]) - lossOf(linear.outputs[4]))).toBeLessThan(4 * lossErrors[4]);
    expect(Math.abs(leastOf(kernels[4][0]) - leastOf(linear.kernels[4][0]))).toBeLessThan(
      4 * lambdaMinErrors[4],
    );
    expect(lossErrors[4]).toBeLessThan(error);
    expect(lambdaMinErrors[4]).toBeLessThan(error);
  });
});
