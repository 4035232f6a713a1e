import type { Slope } from '../../statistics/slope.ts';

/** What was found of the best rate at one width; `at-edge` where the loss still falls at the end of the grid. */
export type OptimumState = 'found' | 'at-edge' | 'diverged' | 'untrained' | 'open';

/** The rate at which the loss that was asked for, mean or final, is least, at one width. */
export interface RateOptimum {
  readonly width: number;
  readonly state: OptimumState;
  /** η, the geometric mean over seeds of the best of each; null unless found. */
  readonly rate: number | null;
  /** Of its 95 % interval, half the distance between rates of the grid included; null unless found for two seeds. */
  readonly low: number | null;
  readonly high: number | null;
  /** The least loss, geometric mean over seeds; null unless found. */
  readonly loss: number | null;
}

/** What the rate that was tuned at the smallest width comes to at another. */
export interface CarriedLoss {
  readonly width: number;
  readonly state: 'finished' | 'diverged' | 'open';
  /** Geometric mean over seeds; null unless every seed finished. */
  readonly loss: number | null;
  /** By the least loss of the optimum at this width: 1 is nothing lost; null where that is not known. */
  readonly excess: number | null;
}

/** Whether the best rate stays where it is as width grows. */
export type TransferVerdict = 'transfers' | 'drifts' | 'undecided';

/** Whether the loss falls with width at the rate that was tuned at the smallest. */
export type WiderVerdict = 'better' | 'worse' | 'undecided';

/** What becomes of the best rate under one parametrization. */
export interface RateTransfer {
  readonly parametrization: string;
  /** Null when interrupted. */
  readonly verdict: TransferVerdict | null;
  /** δ of η* ∝ n^δ; its interval includes half the distance between rates of the grid. */
  readonly drift: Slope;
  /** δ of the largest rates at which nothing grows with width; null where the calculus knows none. */
  readonly predicted: number | null;
  readonly optima: readonly RateOptimum[];
  /** The best rate of the smallest width, taken to all; null where there is none. */
  readonly tuned: {
    readonly width: number;
    readonly rate: number;
    readonly losses: readonly CarriedLoss[];
  } | null;
  /** Null when interrupted. */
  readonly wider: WiderVerdict | null;
  /** Slope against width of the loss at the tuned rate. */
  readonly widerSlope: Slope;
  /** Clauses that belong beside the verdict. */
  readonly reasons: readonly string[];
}

/** One run: the loss by which its rate is judged, mean or final as asked for. */
export interface TransferRow {
  readonly parametrization: string;
  readonly width: number;
  readonly rate: number;
  readonly seed: number;
  readonly state: 'finished' | 'diverged';
  readonly loss: number | null;
}

/** What `transfer` finds. */
export interface TransferReport {
  /** False when interrupted: then nothing is judged. */
  readonly complete: boolean;
  readonly transfers: readonly RateTransfer[];
  /** By parametrization, width, rate and seed. */
  readonly rows: readonly TransferRow[];
}
