import type { RunResult } from '../../run/run-result.ts';

/** A run that has ended, at a width all of whose runs stayed finite. */
export interface EndedRun {
  readonly width: number;
  readonly result: RunResult;
}
