import type { RunResult, StepRecord } from '@widthwise/core';

const PERIOD_MS = 50;

/** Where the records of one run go, and when to stop. */
export interface PumpTarget {
  advanced(records: readonly StepRecord[]): void;
  /** Asked between steps. */
  stopped(): boolean;
  /** Milliseconds of a clock that never runs backwards. */
  now(): number;
}

/**
 * Runs a training to its end and hands its records on in batches, 20 a second at most and the last one always.
 * Answers null where it was stopped before the end.
 */
export function pump(run: Generator<StepRecord, RunResult>, target: PumpTarget): RunResult | null {
  let batch: StepRecord[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    if (batch.length > 0) target.advanced(batch);
    batch = [];
    lastMs = target.now();
  };
  while (!target.stopped()) {
    const { done, value } = run.next();
    if (done) {
      flush();
      return value;
    }
    batch.push(value);
    if (target.now() - lastMs >= PERIOD_MS) flush();
  }
  flush();
  return null;
}
