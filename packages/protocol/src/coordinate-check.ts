import type { Slope } from './slope.ts';

/** Whether coordinates keep their size as width grows, and move; `undecided` where the measurement does not tell. */
export type CoordinateVerdict = 'pass' | 'warn' | 'fail' | 'undecided';

/** One layer at one step. */
export interface CoordinateLayer {
  /** 1 … L + 1, the readout last. */
  readonly layer: number;
  /** 0 is the initialization. */
  readonly step: number;
  /** Of the mean absolute coordinate, against width. */
  readonly size: Slope;
  /** Of its mean absolute change since step 0; null at step 0. */
  readonly update: Slope | null;
  /** What theory foretells of the update's slope; null at step 0, and where it does not know. */
  readonly predictedUpdate: number | null;
  /** Of ‖W‖₂·√(fan-in/fan-out), against width; null before the last step, as are the next two. */
  readonly spectralNorm: Slope | null;
  /** Of the same of W's change since step 0; null at step 0. */
  readonly spectralUpdate: Slope | null;
  /** Of how that change aligns with features: 1 is full, ½ none; null at step 0, and of layer 1. */
  readonly alignment: Slope | null;
  /** Null where the check was interrupted. */
  readonly verdict: CoordinateVerdict | null;
}

/** What a coordinate check finds, over the runs ended so far. */
export interface CoordinateCheck {
  /** Of the worst layer. */
  readonly verdict: CoordinateVerdict;
  /** By step, then by layer. */
  readonly layers: readonly CoordinateLayer[];
  /** What does not pass first, and the exponent that theory holds responsible, in words. */
  readonly suspects: readonly string[];
  /** The verdict in words; empty before the first run ended. */
  readonly sentence: string;
}
