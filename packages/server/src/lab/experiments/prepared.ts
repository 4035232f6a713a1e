import type { Dataset, PlanCost, PlannedRun, RunResult, TwinNotes } from '@widthwise/core';

/** What an experiment's runs have left behind so far. */
export interface Ended {
  /** By run hash. */
  readonly results: ReadonlyMap<string, RunResult>;
  /** False when it was interrupted. */
  readonly complete: boolean;
  /** All that was planned in the end; the first plan without a word. */
  readonly plan?: readonly PlannedRun[];
}

/** An experiment that can start: everything checked, nothing trained. */
export interface PreparedExperiment<Request = unknown, Report = unknown> {
  /** Its command, `coord-check`. */
  readonly experiment: string;
  /** What its files are called after, `digits`. */
  readonly name: string;
  /** The data in words, `digits, 64 samples`. */
  readonly dataTitle: string;
  /** How a data file was read, in words; null where nothing was guessed. */
  readonly dataReading: string | null;
  readonly dataset: Dataset;
  readonly request: Request;
  readonly plan: readonly PlannedRun[];
  /** What stands for a model of the user's; null where the built-in network does. */
  readonly twin: TwinNotes | null;
  /** What no run will change, a clause each. */
  readonly foreseen: readonly string[];
  /** Why `auto` took the engine that trains; null where the engine was asked for. */
  readonly engineReason: string | null;
  /** What each parametrization is shown as, by its name: `mup` is `μP`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly cost: PlanCost;
  /** What else to run once a plan has ended; null where the plan is all there is. */
  readonly refine:
    | ((plan: readonly PlannedRun[], results: ReadonlyMap<string, RunResult>) => readonly PlannedRun[])
    | null;
  costOf(runs: readonly PlannedRun[]): PlanCost;
  reduce(ended: Ended): Report;
}
