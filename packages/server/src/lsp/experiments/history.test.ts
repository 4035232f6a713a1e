import { type PlannedRun, type RunResult, referenceEngine, train } from '@widthwise/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { WorkMeter } from '../../lab/runs/work-meter.ts';
import { WIRED_COMPARISON } from './comparison-wire.ts';
import { ExperimentHistory } from './history.ts';
import type { WiredRun } from './wired-experiment.ts';

const SMALL = {
  widths: [16, 32],
  depth: 2,
  data: 'mixture:2,4,10',
  seeds: 2,
  steps: 2,
  parametrizations: ['mup'],
};

let run: WiredRun;
let results: readonly RunResult[];
beforeAll(async () => {
  run = await WIRED_COMPARISON.prepare(SMALL, { cwd: '', store: '' });
  results = run.prepared.plan.map((cell) => trained(cell));
});

function trained({ spec }: PlannedRun): RunResult {
  const steps = train(spec, run.prepared.dataset, referenceEngine);
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}

// SAFETY: the history only hands its id on.
const begun = (): ExperimentHistory => {
  const flops = run.prepared.cost.runs.map((each) => each.flops);
  return new ExperimentHistory('one' as never, run, { meter: new WorkMeter(flops, 1e9), noted: () => {} });
};

/** What core says of these results alone. */
function judgementOf(some: readonly RunResult[]) {
  const byHash = new Map(some.map((result) => [result.hash, result]));
  return run.judge({ results: byHash, complete: true });
}

describe('the judgement', () => {
  test('is of what has ended so far, and is told again with each run that ends', () => {
    const history = begun();
    for (const [index, result] of results.entries()) {
      history.ended(index, result);
      const sofar = judgementOf(results.slice(0, index + 1));
      expect(history.takeAdvance()?.judgement).toEqual(sofar);
      expect(history.snapshot().judgement).toEqual(sofar);
    }
  });

  test('is not told again while runs only advance', () => {
    const history = begun();
    history.started(0);
    history.advanced(0, [{ kind: 'step', step: 0, points: [] }]);
    expect(history.takeAdvance()).toMatchObject({ judgement: null });
  });
});

describe('the progress', () => {
  test('counts what has ended, however it ended, and knows no time when nothing runs any more', () => {
    const history = begun();
    history.started(0);
    expect(history.snapshot().progress).toMatchObject({ finished: 0, total: 4 });
    history.ended(0, results[0]!);
    history.failed(1, { message: 'out of memory' } as never);
    history.started(2);
    expect(history.snapshot().progress.finished).toBe(2);
    expect(history.snapshot().progress.secondsLeft).toBeGreaterThan(0);
    history.close({ kind: 'cancelled' });
    expect(history.snapshot().progress).toEqual({ finished: 2, total: 4, secondsLeft: null });
    expect(history.snapshot().runs.map(({ state }) => state.kind)).toEqual([
      'finished',
      'failed',
      'cancelled',
      'waiting',
    ]);
  });
});

test('each advance has a revision of its own, and nothing new has none', () => {
  const history = begun();
  expect(history.takeAdvance()).toBeNull();
  history.started(0);
  expect(history.takeAdvance()).toMatchObject({ revision: 1, runs: [{ run: 0 }] });
  expect(history.takeAdvance()).toBeNull();
  history.started(3);
  expect(history.takeAdvance()).toMatchObject({ revision: 2, runs: [{ run: 3 }] });
  expect(history.snapshot().revision).toBe(2);
});
