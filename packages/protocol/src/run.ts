import type { Series } from './series.ts';

/** Where one training run stands. */
export type RunState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'finished' }
  /** The loss at this step was not finite. */
  | { readonly kind: 'diverged'; readonly atStep: number }
  /** Stopped before its last step, because the experiment was cancelled. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly reason: string };

/** What a verdict reads of one hidden layer of an ended run. Null where a diverged run has no value. */
export interface LayerOutcome {
  readonly layer: number;
  /** ‖h_T − h_0‖ / ‖h_0‖ over the probe samples. */
  readonly movement: number | null;
  /** λ_min of the Gram of x, divided by the width: at initialization, after training, of both features stacked. */
  readonly lambdaMinInit: number | null;
  readonly lambdaMinFinal: number | null;
  readonly lambdaMinJoint: number | null;
  /** The infinite-width value of `lambdaMinInit`: 0 for "limit 0", null where there is none. */
  readonly lambdaMinLimit: number | null;
  /** Below these the λ_min values are rounding noise. */
  readonly floor: number | null;
  readonly floorJoint: number | null;
}

/** How a run ended: what only a whole run has. */
export interface RunOutcome {
  /** Before the first and after the last update. */
  readonly loss: readonly [number | null, number | null];
  /** RMS over probe and outputs of f_T − f_0; null where the run diverged. */
  readonly outputChange: number | null;
  readonly layers: readonly LayerOutcome[];
}

/** One run of an experiment with its whole history. */
export interface RunHistory {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly state: RunState;
  readonly series: readonly Series[];
  /** Null until the run has finished or diverged. */
  readonly outcome: RunOutcome | null;
}

/** What a run gained since it was last told of. */
export interface RunAdvance {
  /** Index into the experiment's runs. */
  readonly run: number;
  readonly state: RunState;
  /** To be appended to the columns of the same (quantity, layer). */
  readonly series: readonly Series[];
  readonly outcome: RunOutcome | null;
}
