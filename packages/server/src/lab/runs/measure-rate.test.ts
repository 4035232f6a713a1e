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
  const { rate } = measureRate({ spec, dataset: prepared.dataset }, [], () => nowMs++);
  const trial = trialRun({ spec, dataset: prepared.dataset });
  const flops = costEstimate([{ hash: '', spec: trial.spec }], trial.dataset.samples).flops;
  expect(rate / (1000 * flops)).toBeCloseTo(1, 9);
});

test('runs that have to be trained anyway take the place of a trial, and their results are kept', async () => {
  const small = {
    widths: [8, 16],
    depth: 1,
    data: 'mixture:2,4,10',
    parametrizations: ['mup'],
    seeds: 3,
    steps: 4,
  };
  const { plan, dataset } = await prepareExperiment(COMPARISON, small, { cwd: '' });
  const runs = plan.filter(({ width }) => width === 16);
  const [{ spec }] = runs as [(typeof runs)[number]];
  let nowMs = 0;
  const { rate, results } = measureRate(
    { spec, dataset },
    runs.map((run) => run.spec),
    () => nowMs++,
  );
  expect(results.map(({ hash }) => hash)).toEqual(runs.map(({ hash }) => hash));
  const { flops } = costEstimate([{ hash: '', spec }], dataset.samples);
  expect(rate / (1000 * flops)).toBeCloseTo(1, 9);
});

test('the widest are what is timed, once others have warmed the thread', async () => {
  const small = { widths: [8, 16], depth: 1, data: 'mixture:2,4,10', parametrizations: ['mup'], seeds: 200 };
  const { plan, dataset } = await prepareExperiment(COMPARISON, small, { cwd: '' });
  const narrowFirst = plan.map(({ spec }) => spec).sort((one, other) => one.net.width - other.net.width);
  const [{ spec }] = plan as [(typeof plan)[number]];
  let nowMs = 0;
  const { results } = measureRate({ spec, dataset }, narrowFirst, () => nowMs++);
  const widths = results.map((result) => result.spec.net.width);
  expect(widths.indexOf(16)).toBeGreaterThan(100);
  expect(new Set(widths.slice(widths.indexOf(16)))).toEqual(new Set([16]));
});
