import type { DataIdentity, Dataset } from '../data/dataset.ts';
import type { Parametrization } from '../parametrization/parametrization.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { Fields } from './params/field.ts';
import type { PlannedRun } from './planned-run.ts';

/** What the parameters of an experiment name, read by those who may read files. */
export interface ExperimentInputs {
  readonly dataset: Dataset;
  readonly data: DataIdentity;
  /** Of every field that names a parametrization, in the order given; no two of one name. */
  readonly parametrizations: readonly Parametrization[];
  readonly engine: RunSpec['engine'];
}

/** What the runs of an experiment have left behind. */
export interface ExperimentOutcome {
  readonly plan: readonly PlannedRun[];
  /** By run hash; what failed or was not reached is missing. */
  readonly results: ReadonlyMap<string, RunResult>;
  /** False when it was interrupted: then nothing is judged. */
  readonly complete: boolean;
}

/** A question that is answered by training a family of runs: what it is asked with, what it trains, what it finds. */
export interface Experiment<Params, Request, Report> {
  /** Its command, `coord-check`; its settings stand under the same name in camel case. */
  readonly name: string;
  /** What it does to whoever starts it, `Compare Parametrizations`. */
  readonly title: string;
  readonly fields: Fields<Params>;
  /**
   * Everything that is known before training. The parameters are whole and within the ranges of their fields: what is
   * checked here is how they go together.
   *
   * @throws FieldError for the first thing that cannot be trained
   */
  request(params: Params, inputs: ExperimentInputs): Request;
  plan(request: Request): readonly PlannedRun[];
  /** What no run will change, a clause each: what the data alone decide, and what is asked too little for. */
  foreseen?(request: Request): readonly string[];
  /**
   * Runs beside the planned ones, of an experiment that looks at results before it knows what else to train: asked once all
   * planned runs have ended, until it has no more. The same results give the same runs.
   */
  refine?(request: Request, outcome: ExperimentOutcome): readonly PlannedRun[];
  /** What was found; also of what has ended so far. */
  reduce(request: Request, outcome: ExperimentOutcome): Report;
}
