import { expect, test } from 'vitest';
import { mixtureDataset } from '../../data/mixture.ts';
import { theoremHypotheses } from './hypotheses.ts';

const dataset = mixtureDataset({ classes: 3, dim: 5, samples: 9, seed: 0 });

test('both hypotheses hold for tanh on data in general position, the first fails for relu', () => {
  const { activation, data } = theoremHypotheses({ activation: 'tanh', dataset });
  expect([activation.holds, data.holds]).toEqual([true, true]);
  expect(theoremHypotheses({ activation: 'relu', dataset }).activation.holds).toBe(false);
});

test('data with a sample twice violates the second', () => {
  const inputs = dataset.inputs.slice();
  inputs.copyWithin(dataset.inputDim, 0, dataset.inputDim);
  const { data } = theoremHypotheses({ activation: 'tanh', dataset: { ...dataset, inputs } });
  expect([data.holds, data.duplicates.first]).toEqual([false, [[0, 1]]]);
});
