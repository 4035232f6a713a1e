import type { RunSpec } from '../run/run-spec.ts';

/** One cell of an experiment and the run that fills it. Two cells may share a run: a name is not part of it. */
export interface PlannedRun {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly spec: RunSpec;
  readonly hash: string;
}
