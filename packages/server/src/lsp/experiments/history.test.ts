import { type PlannedRun, type RunResult, reduceComparison, referenceEngine, train } from '@widthwise/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { prepareComparison } from '../../lab/experiments/prepare-comparison.ts';
import type { PreparedComparison } from '../../lab/experiments/prepared-comparison.ts';
import { ComparisonHistory } from './history.ts';
import { wireJudgement } from './wire.ts';

const SMALL = {
  widths: [16, 32],
  depth: 2,
  data: 'mixture:2,4,10',
  seeds: 2,
  steps: 2,
  parametrizations: ['mup'],
};

let prepared: PreparedComparison;
let results: readonly RunResult[];
beforeAll(async () => {
  prepared = await prepareComparison(SMALL, '');
  results = prepared.plan.map((cell) => trained(cell));
});

function trained({ spec }: PlannedRun): RunResult {
  const steps = train(spec, prepared.request.dataset, referenceEngine);
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}

// SAFETY: the history only hands its id on.
const begun = (): ComparisonHistory => new ComparisonHistory('one' as never, prepared, 1e9, () => {});

/** What core says of these results alone. */
function judgementOf(some: readonly RunResult[]) {
  const { request, plan, limits, labels } = prepared;
  const byHash = new Map(some.map((result) => [result.hash, result]));
  return wireJudgement(reduceComparison(request, plan, { results: byHash, limits, complete: true }), labels);
}

describe('the judgement', () => {
  test('is of what has ended so far, and is told again with each run that ends', () => {
    const history = begun();
    for (const [index, result] of results.entries()) {
      history.ended(index, result, 'computed');
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
    history.ended(0, results[0]!, 'computed');
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
