import type { PlannedRun, RunResult, StepRecord } from '@widthwise/core';

/** Why a run left no result. The others go on. */
export interface RunFailure {
  readonly hash: string;
  readonly message: string;
}

/** What an execution tells as it goes, on the calling thread; `index` counts within the plan. */
export interface PlanEvents {
  /** More runs than were planned at first, at the end of the plan. */
  planned?(runs: readonly PlannedRun[]): void;
  started?(index: number): void;
  /** Records since the last call, at most 20 calls a second and run. */
  advanced?(index: number, records: readonly StepRecord[]): void;
  ended?(index: number, result: RunResult, origin: 'computed' | 'store'): void;
  failed?(index: number, failure: RunFailure): void;
  /** What went wrong on the way without costing a run, one sentence: a result that could not be kept, say. */
  noted?(sentence: string): void;
}

/** What is known when an execution ends, by run hash. */
export interface PlanOutcome {
  readonly results: ReadonlyMap<string, RunResult>;
  readonly failures: readonly RunFailure[];
  /** False when it was aborted before the last run. */
  readonly complete: boolean;
  /** How many results were computed, and how many the store had. */
  readonly computed: number;
  readonly stored: number;
  /** How many of the computed ones the store could not keep. */
  readonly unkept: number;
}
