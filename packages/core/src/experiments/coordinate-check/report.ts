import type { InitExponent } from '../../calculus/exponent.ts';
import type { Series } from '../../run/run-result.ts';
import type { Slope } from '../../statistics/slope.ts';

/** Whether coordinates keep their size as width grows; `undecided` where the measurement does not tell. */
export type CoordinateVerdict = 'pass' | 'warn' | 'fail' | 'undecided';

/** One layer at one step: how its coordinates scale with width. */
export interface LayerCheck {
  /** 1 … L + 1, the readout last. */
  readonly layer: number;
  /** 0 is the initialization. */
  readonly step: number;
  /** Slope of the mean absolute coordinate. */
  readonly size: Slope;
  /** Slope of its mean absolute change since step 0; null at step 0. */
  readonly update: Slope | null;
  /** The slope of the update that the calculus of exponents foretells at this step; null at step 0, and where it does not know. */
  readonly predictedUpdate: number | null;
  /** Slope of ‖W‖₂·√(fan-in/fan-out) of the layer's effective weight; null before the last step, as are the next two. */
  readonly spectralNorm: Slope | null;
  /** Of the same of W_t − W_0; null at step 0. */
  readonly spectralUpdate: Slope | null;
  /** Of the alignment of W_t − W_0 with the features that it meets: 1 is full, ½ none; null at step 0, and of layer 1. */
  readonly alignment: Slope | null;
  /** Null when interrupted. */
  readonly verdict: CoordinateVerdict | null;
}

/** An exponent that is not μP's, and may be why a layer does not pass. */
export interface SuspectExponent {
  /** Of the weight of that layer. */
  readonly layer: number;
  readonly name: 'b' | 'c';
  readonly is: InitExponent;
  /** Of μP, in the form that the weight's multiplier sets. */
  readonly wants: number;
}

/** The first step at which a quantity of a layer does not pass. */
export interface CoordinateSuspect {
  readonly layer: number;
  readonly step: number;
  readonly what: 'size' | 'update';
  /** Null where runs diverge as width grows. */
  readonly slope: number | null;
  /** Null where every exponent that it follows from is μP's. */
  readonly exponent: SuspectExponent | null;
}

/** One run of a coordinate check. */
export interface CoordinateRow {
  readonly width: number;
  readonly seed: number;
  readonly state: 'finished' | 'diverged';
  readonly divergedAt: number | null;
  readonly series: readonly Series[];
}

/** What `coord-check` finds. */
export interface CoordinateReport {
  /** False when interrupted: slopes of what is finished, and no verdict. */
  readonly complete: boolean;
  /** Of the worst layer; null when interrupted. */
  readonly verdict: CoordinateVerdict | null;
  /** By step, then by layer. */
  readonly layers: readonly LayerCheck[];
  readonly suspects: readonly CoordinateSuspect[];
  /** Clauses that belong beside the verdict: "runs diverge at width 1024 from step 2". */
  readonly reasons: readonly string[];
  readonly rows: readonly CoordinateRow[];
}
