import type { PackedGram } from '../linalg/packed-gram.ts';
import type { RunSpec } from './run-spec.ts';
import type { StepBound } from './step-bound.ts';

export type QuantityName =
  | 'loss'
  | 'movement'
  | 'lambdaMin'
  | 'effectiveRank'
  | 'stableRank'
  | 'outputChange'
  | 'coordinateSize'
  | 'coordinateUpdate'
  | 'spectralNorm'
  | 'spectralUpdate'
  | 'alignment'
  | 'lambdaMinPre'
  | 'errorNorm'
  | 'gradientNorm'
  | 'errorBound'
  | 'tangentErrorBound';

/** One quantity of one layer at one step. `layer` is 1-based; null for what belongs to the whole network. */
export interface SeriesPoint {
  readonly quantity: QuantityName;
  readonly layer: number | null;
  readonly value: number;
}

/**
 * One row of a run's history. Step t is the network after t updates; step 0 is the initialization. A step that is
 * not probed has no points: it says how far the run is.
 */
export type StepRecord =
  | { readonly kind: 'step'; readonly step: number; readonly points: readonly SeriesPoint[] }
  | { readonly kind: 'diverged'; readonly step: number };

/** The points of one (quantity, layer), sparse: each quantity has its own steps. */
export interface Series {
  readonly quantity: QuantityName;
  readonly layer: number | null;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** What the verdicts of a comparison read of one hidden layer. Null where a diverged run has no value. */
export interface LayerOutcome {
  readonly layer: number;
  /** ‖h_T − h_0‖_F / ‖h_0‖_F over the probe. */
  readonly movement: number | null;
  /** λ_min of xᵀx/n at initialization, after training, and of both features stacked. */
  readonly lambdaMinInit: number | null;
  readonly lambdaMinFinal: number | null;
  readonly lambdaMinJoint: number | null;
  /** Numerical floor of the last λ_min known: below it a value is rounding noise. */
  readonly floor: number | null;
  /** The same for the joint one. */
  readonly floorJoint: number | null;
}

/** What a run keeps of the features of one hidden layer at one probed step, beside the numbers in its series. */
export interface KeptFeatures {
  readonly layer: number;
  readonly step: number;
  /** xᵀx/n over the probe. */
  readonly gram: PackedGram;
  /** ‖h_t − h_0‖_F / √(P·n): movement that is not relative to where it began. */
  readonly displacement: number;
}

/** What a run leaves behind: finite JSON, content-addressed by its spec. */
export interface RunResult {
  readonly schema: 'widthwise/run';
  readonly version: 1;
  /** SHA-256 over the canonical JSON of `spec`, hex. */
  readonly hash: string;
  readonly spec: RunSpec;
  readonly state: 'finished' | 'diverged';
  /** The first step whose loss was not finite or a thousand times its beginning; null for a finished run. */
  readonly divergedAt: number | null;
  /** Before the first and after the last update. */
  readonly loss: readonly [number | null, number | null];
  /** RMS over probe and outputs of f_T − f_0. */
  readonly outputChange: number | null;
  readonly layers: readonly LayerOutcome[];
  readonly series: readonly Series[];
  /** By step, then layer; only where the probe plan keeps Grams. */
  readonly kept?: readonly KeptFeatures[];
  /**
   * [sample, band]: how h of the last hidden layer is spread over its units after the last step, for the first few samples
   * of the probe, in bands of its quantiles; only of a finished run, where the probe plan keeps it.
   */
  readonly marginals?: readonly (readonly number[])[];
  /** By step; only where the probe measures convergence. */
  readonly bounds?: readonly StepBound[];
}
