import { fc, test } from '@fast-check/vitest';
import type { RunResult, StepRecord } from '@widthwise/core';
import { expect } from 'vitest';
import { pump } from './pump.ts';

const RESULT = { hash: 'of a run' } as RunResult;

/** A run whose steps take so many milliseconds each, by a clock that it moves itself. */
function runWithClock(durations: readonly number[]): {
  run: Generator<StepRecord, RunResult>;
  now: () => number;
} {
  let clock = 0;
  function* steps(): Generator<StepRecord, RunResult> {
    for (const [step, duration] of durations.entries()) {
      clock += duration;
      yield { kind: 'step', step, points: [] };
    }
    return RESULT;
  }
  return { run: steps(), now: () => clock };
}

test.prop([fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 })])(
  'every record is handed on once, in order, in batches at least 50 ms apart but for the last',
  (durations) => {
    const { run, now } = runWithClock(durations);
    const batches: { at: number; steps: number[] }[] = [];
    const advanced = (records: readonly StepRecord[]): void =>
      void batches.push({ at: now(), steps: records.map(({ step }) => step) });
    expect(pump(run, { advanced, stopped: () => false, now })).toBe(RESULT);
    expect(batches.flatMap(({ steps }) => steps)).toEqual(durations.map((_, step) => step));
    for (let i = 1; i < batches.length - 1; i++) {
      expect(batches[i]!.at - batches[i - 1]!.at).toBeGreaterThanOrEqual(50);
    }
  },
);

test.prop([fc.integer({ min: 0, max: 9 })])(
  'a run that is stopped takes no further step and has no result',
  (after) => {
    const { run, now } = runWithClock(Array.from({ length: 10 }, () => 1));
    const seen: number[] = [];
    let asked = 0;
    const result = pump(run, {
      advanced: (records) => void seen.push(...records.map(({ step }) => step)),
      stopped: () => asked++ >= after,
      now,
    });
    expect(result).toBeNull();
    expect(seen).toEqual(Array.from({ length: after }, (_, step) => step));
  },
);
