import { COMPARISON, costEstimate } from '@widthwise/core';
import { expect, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { measureRate } from './measure-rate.ts';
import { trialRun } from './trial-run.ts';

test('a machine that trains a network a millisecond does a thousand times the work of one step a second', async () => {
  const small = { widths: [8, 16], depth: 1, data: 'mixture:2,4,10', seeds: 1, steps: 4 };
  const prepared = await prepareExperiment(COMPARISON, small, { cwd: '' });
  let nowMs = 0;
  const { spec } = prepared.plan.at(-1)!;
  const rate = measureRate({ spec, dataset: prepared.dataset }, () => nowMs++);
  const trial = trialRun({ spec, dataset: prepared.dataset });
  const flops = costEstimate([{ hash: '', spec: trial.spec }], trial.dataset.samples).flops;
  expect(rate / (1000 * flops)).toBeCloseTo(1, 9);
});
