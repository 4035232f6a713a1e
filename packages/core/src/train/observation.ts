import { type Matrix, matrix } from '../linalg/matrix.ts';
import type { LambdaMin } from '../quantities/lambda-min.ts';
import type { KeptFeatures, LayerOutcome, SeriesPoint } from '../run/run-result.ts';
import type { StepBound } from '../run/step-bound.ts';

/** What is seen of the layers at one step. */
export interface LayersObserved {
  /** Values may be infinite. */
  readonly points: readonly SeriesPoint[];
  /** Of every hidden layer, where features are looked at. */
  readonly features: readonly {
    readonly movement: number;
    readonly lambdaMin: LambdaMin;
    readonly kept: Omit<KeptFeatures, 'step'>;
  }[];
  /** Where convergence is looked at. */
  readonly bound?: StepBound;
}

/** What a probe sees of the network at one step. */
export interface Observation extends LayersObserved {
  /** RMS over probe and outputs of f_t − f_0. */
  readonly outputChange: number;
}

/** What is known of the network's beginning and end; a diverged run has no end, and perhaps no beginning. */
export interface Ends {
  readonly first?: LayersObserved | undefined;
  readonly last?: LayersObserved | undefined;
}

/** Compares the layers of a network with how they began: made at step 0, it keeps what it needs of the beginning. */
export interface LayerProbe {
  /** Undefined once they are too large to measure. */
  observe(step: number): LayersObserved | undefined;
  /** The outcome of every hidden layer, once training has ended; none where features are not looked at. */
  outcomes(ends: Ends): readonly LayerOutcome[];
}

/** Compares a network with how it began: made at step 0, it keeps what it needs of the beginning. */
export interface Probe extends LayerProbe {
  observe(step: number): Observation | undefined;
}

/** A matrix that the next step leaves alone. */
export function copied(m: Matrix): Matrix {
  return matrix(m.rows, m.cols, m.data.slice());
}
