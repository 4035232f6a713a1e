import { type PlannedRun, type RunResult, TRANSFER } from '@widthwise/core';
import { expect, test } from 'vitest';
import type { PlanOutcome } from '../runs/plan-events.ts';
import { WorkMeter } from '../runs/work-meter.ts';
import { prepareExperiment } from './prepare.ts';
import type { PreparedExperiment } from './prepared.ts';
import { runStages } from './stages.ts';

const SMALL = {
  data: 'mixture:2,3,4',
  widths: [4, 8],
  seeds: 1,
  steps: 1,
  depth: 1,
  parametrizations: ['mup'],
};

/** Two runs that are planned, then one known and one new, then nothing. */
async function staged(part: (runs: readonly PlannedRun[]) => Partial<PlanOutcome> = () => ({})) {
  const whole = await prepareExperiment(TRANSFER, SMALL, { cwd: '/' });
  const [first, second, third] = whole.plan as [PlannedRun, PlannedRun, PlannedRun];
  const prepared: PreparedExperiment = {
    ...whole,
    plan: [first, second],
    refine: (plan) => (plan.length === 2 ? [second, third] : []),
  };
  const parts: (readonly PlannedRun[])[] = [];
  const told: string[] = [];
  const meter = new WorkMeter([1, 1], 1);
  const outcome = await runStages(prepared, meter, {
    events: {
      planned: (runs) => void told.push(`planned ${runs.length}`),
      ended: (index, _, origin) => void told.push(`${index} ${origin}`),
    },
    runPart: async (runs, events) => {
      parts.push(runs);
      const results = new Map(runs.map(({ hash, spec }) => [hash, { hash, spec } as RunResult]));
      for (const [index, { hash }] of runs.entries()) events.ended?.(index, results.get(hash)!, 'computed');
      const counts = { computed: runs.length, stored: 0, unkept: 0 };
      return { results, failures: [], complete: true, ...counts, ...part(runs) };
    },
  });
  return { outcome, parts, told, runs: [first, second, third] };
}

test('what an experiment plans besides is run after its plan, and what is known is not run again', async () => {
  const { outcome, parts, told, runs } = await staged();
  const [first, second, third] = runs;
  expect(parts).toEqual([[first, second], [third]]);
  expect(outcome.plan).toEqual([first, second, second, third]);
  expect([...outcome.results.keys()]).toEqual(runs.map((run) => run?.hash));
  expect(outcome.computed).toBe(3);
  expect(told).toEqual(['0 computed', '1 computed', 'planned 2', '2 store', '3 computed']);
});

test('an execution that was aborted, or of which a run failed, plans no more', async () => {
  expect((await staged(() => ({ complete: false }))).parts).toHaveLength(1);
  expect((await staged(() => ({ failures: [{ hash: '', message: '' }] }))).parts).toHaveLength(1);
});
