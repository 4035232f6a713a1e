import type { Dataset, RunResult, RunSpec, StepRecord } from '@widthwise/core';

/** What a worker is started with. */
export interface WorkerStart {
  readonly dataset: Dataset;
  /** One Int32, shared by all workers of an execution: not 0 once the run in hand should stop. */
  readonly stop: SharedArrayBuffer;
}

/** To a worker, one run at a time. */
export interface RunOrder {
  readonly index: number;
  readonly spec: RunSpec;
}

/** From a worker. Each order ends with exactly one of ended, stopped and failed. */
export type RunMessage =
  | { readonly kind: 'advanced'; readonly index: number; readonly records: readonly StepRecord[] }
  | { readonly kind: 'ended'; readonly index: number; readonly result: RunResult }
  | { readonly kind: 'stopped'; readonly index: number }
  | { readonly kind: 'failed'; readonly index: number; readonly message: string };
