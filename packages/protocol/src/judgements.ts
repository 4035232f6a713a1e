import type { ConvergenceCheck } from './convergence-check.ts';
import type { CoordinateCheck } from './coordinate-check.ts';
import type { LimitComparison } from './limit.ts';
import type { TransferSearch } from './transfer.ts';
import type { Judgement } from './verdict.ts';

/** What the runs of an experiment that have ended so far say, by its command. */
export interface Judgements {
  readonly compare: Judgement;
  readonly check: ConvergenceCheck;
  readonly 'coord-check': CoordinateCheck;
  readonly transfer: TransferSearch;
  readonly limit: LimitComparison;
}

/** An experiment by its command. */
export type ExperimentName = keyof Judgements;
