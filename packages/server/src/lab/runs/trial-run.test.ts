import { COMPARISON, type ComparisonParams, costEstimate, referenceEngine, train } from '@widthwise/core';
import { expect, test } from 'vitest';
import { prepareExperiment } from '../experiments/prepare.ts';
import { runsOfTrial, type TrialRun, trialRun } from './trial-run.ts';

/** One step of a run, weights drawn: what cannot be interrupted. */
function flopsOfOneStep({ spec: run, dataset }: TrialRun): number {
  const spec = { ...run, steps: 1, probe: { ...run.probe, steps: [0, 1] } };
  return costEstimate([{ hash: '', spec }], dataset.samples).flops;
}

/** Of the widest run. */
async function trialOf(params: Partial<ComparisonParams>): Promise<TrialRun> {
  const { plan, dataset } = await prepareExperiment(COMPARISON, { engine: 'wasm', ...params }, { cwd: '' });
  return trialRun({ spec: plan.at(-1)!.spec, dataset });
}

test('a trial stays small however wide and deep the networks and however many the samples', async () => {
  const large = { widths: [1024, 2048], depth: 20, data: 'mixture:100,500,2000', seeds: 1, steps: 3 };
  const trial = await trialOf(large);
  // 64 samples × 6 flops × (256² · 3 weights + 64 · 256) make 8e7. Drawing and looking at them takes as long as 9e8 more,
  // at 10 GFLOP/s a tenth of a second.
  expect(flopsOfOneStep(trial)).toBeLessThan(1e9);
  expect([...train(trial.spec, trial.dataset, referenceEngine)]).not.toHaveLength(0);
});

test('a trial reads the data row by row, and a small plan is tried as it is', async () => {
  const small = { widths: [32, 64], depth: 1, data: 'mixture:2,300,70', seeds: 1, steps: 1 };
  const { spec, dataset } = await trialOf(small);
  const { inputs, targets } = (await prepareExperiment(COMPARISON, small, { cwd: '' })).dataset;
  expect(dataset).toMatchObject({ samples: 64, inputDim: 256, outputDim: 1 });
  expect(dataset.inputs.subarray(256, 512)).toEqual(inputs.subarray(300, 556));
  expect(dataset.targets).toEqual(targets.subarray(0, 64));
  expect(spec.net).toMatchObject({ width: 64, depth: 1 });
});

test('runs are a trial where they are half as wide as one and take a tenth of a second at most', async () => {
  const widthsOf = async (params: Partial<ComparisonParams>): Promise<ReadonlySet<number>> => {
    const { plan, dataset } = await prepareExperiment(COMPARISON, { engine: 'wasm', ...params }, { cwd: '' });
    const runs = runsOfTrial(plan, { spec: plan.at(-1)!.spec, dataset });
    return new Set(runs.map(({ width }) => width));
  };
  expect(await widthsOf({})).toEqual(new Set([128, 256, 512]));
  expect(await widthsOf({ widths: [32, 64, 128] })).toEqual(new Set([64, 128]));
  expect(await widthsOf({ widths: [512, 1024] })).toEqual(new Set([512]));
  expect(await widthsOf({ widths: [1024, 2048] })).toEqual(new Set());
  expect(await widthsOf({ steps: 200 })).toEqual(new Set());
  expect(await widthsOf({ data: 'digits:1024' })).toEqual(new Set([128]));
});
