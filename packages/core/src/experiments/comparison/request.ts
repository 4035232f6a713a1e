import type { DataIdentity, Dataset } from '../../data/dataset.ts';
import type { LossSpec } from '../../model/loss.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';
import type { ProbePlan, RunSpec } from '../../run/run-spec.ts';

/** Everything a comparison trains: parametrizations × widths × seeds 0…S−1 of one network on one data set. */
export interface ComparisonRequest {
  readonly parametrizations: readonly Parametrization[];
  /** Ascending, at least two. */
  readonly widths: readonly number[];
  /** S. */
  readonly seeds: number;
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  readonly learningRate: number;
  readonly baseWidth: number;
  readonly initStd: number;
  readonly loss: LossSpec;
  readonly probe: ProbePlan;
  readonly data: DataIdentity;
  readonly dataset: Dataset;
  readonly engine: { readonly name: string; readonly numerics: number };
}

/** One cell of the comparison and the run that fills it. Two cells may share a run: a name is not part of it. */
export interface PlannedRun {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly spec: RunSpec;
  readonly hash: string;
}
