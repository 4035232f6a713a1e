import { COMPARISON, costEstimate } from '@widthwise/core';
import { afterEach, expect, test, vi } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { measureRate } from './measure-rate.ts';
import { trialRun } from './trial-run.ts';

afterEach(() => vi.restoreAllMocks());

test('a machine that trains a network a millisecond does a thousand times the work of one step a second', async () => {
  const small = { widths: [8, 16], depth: 1, data: 'mixture:2,4,10', seeds: 1, steps: 4 };
  const prepared = await prepareExperiment(COMPARISON, small, { cwd: '' });
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
  const rate = measureRate(prepared);
  const { run, dataset } = trialRun(prepared);
  expect(rate / (1000 * costEstimate([run], dataset.samples).flops)).toBeCloseTo(1, 9);
});
