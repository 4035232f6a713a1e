import type { Dataset, RunResult, RunSpec, StepRecord } from '@widthwise/core';
import type { Tried } from './measure-rate.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly dataset: Dataset;
  /** One Int32, shared by all workers of an execution: not 0 once the run in hand should stop. */
  readonly stop: SharedArrayBuffer;
  /** One Int32 of this worker: not 0 while it is in native code, in which to end it would abort the process. */
  readonly native: SharedArrayBuffer;
}

/** To a worker, one order at a time. */
export type WorkerOrder = RunOrder | TrialOrder;

/** A run to train. */
export interface RunOrder {
  readonly kind: 'run';
  readonly index: number;
  readonly spec: RunSpec;
}

/** A run to tell from how fast this machine is, and runs to train in its place, as many as there is time for. */
export interface TrialOrder {
  readonly kind: 'trial';
  readonly spec: RunSpec;
  readonly runs: readonly RunSpec[];
}

/** From a worker, of a run. Each ends with exactly one of ended, stopped and failed. */
export type RunMessage =
  | { readonly kind: 'advanced'; readonly index: number; readonly records: readonly StepRecord[] }
  | { readonly kind: 'ended'; readonly index: number; readonly result: RunResult }
  | { readonly kind: 'stopped'; readonly index: number }
  | { readonly kind: 'failed'; readonly index: number; readonly message: string };

/** From a worker, of a trial. */
export interface TrialMessage extends Tried {
  readonly kind: 'tried';
}
