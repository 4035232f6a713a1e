import type { Slope } from './slope.ts';

/** What was found of the best rate at one width; `at-edge` where the loss still falls at the end of the grid. */
export type OptimumState = 'found' | 'at-edge' | 'diverged' | 'untrained' | 'open';

/** The rate of the least loss at one width; null unless found. */
export interface RateOptimum {
  readonly width: number;
  readonly state: OptimumState;
  readonly rate: number | null;
  /** Of its 95 % interval. */
  readonly low: number | null;
  readonly high: number | null;
  readonly loss: number | null;
}

/** What the rate that was tuned at the smallest width comes to at another. */
export interface CarriedLoss {
  readonly width: number;
  readonly state: 'finished' | 'diverged' | 'open';
  readonly loss: number | null;
  /** By the least loss at this width. */
  readonly excess: number | null;
}

/** What becomes of the best rate under one parametrization. */
export interface RateTransfer {
  readonly parametrization: string;
  readonly verdict: 'transfers' | 'drifts' | 'undecided' | null;
  /** δ of η* ∝ n^δ. */
  readonly drift: Slope;
  readonly predicted: number | null;
  readonly optima: readonly RateOptimum[];
  readonly tuned: {
    readonly width: number;
    readonly rate: number;
    readonly losses: readonly CarriedLoss[];
  } | null;
  readonly wider: 'better' | 'worse' | 'undecided' | null;
  readonly widerSlope: Slope;
  readonly reasons: readonly string[];
}

/** One run: the loss by which its rate is judged. */
export interface TransferRow {
  readonly parametrization: string;
  readonly width: number;
  readonly rate: number;
  readonly seed: number;
  readonly state: 'finished' | 'diverged';
  readonly loss: number | null;
}

/** Best rates by width, over the runs ended so far. */
export interface TransferSearch {
  readonly complete: boolean;
  readonly objective: 'mean' | 'final';
  readonly transfers: readonly RateTransfer[];
  readonly rows: readonly TransferRow[];
  /** The verdicts in words, each with its sign; empty before the first run ended. */
  readonly sentence: string;
}
