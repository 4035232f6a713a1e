import type { InfiniteWidth } from './limit.ts';
import type { Slope } from './slope.ts';
import type { LayerFeatures, LayerScaling } from './verdict.ts';

/** How the gradient–loss bound stands; the worst first. */
export type BoundState = 'undecidable' | 'rank-deficient' | 'not-stationary' | 'holds';

/** A hypothesis of the theorem. */
export interface Hypothesis {
  readonly name:
    | 'activation'
    | 'data'
    | 'parametrization'
    | 'network'
    | 'optimizer'
    | 'batches'
    | 'loss'
    | 'width';
  readonly state: 'holds' | 'does-not-hold' | 'not-known' | 'in-the-limit';
  readonly reason: string;
}

/** The gradient–loss bound of one run at one step. */
export interface RunBound {
  readonly width: number;
  readonly seed: number;
  readonly step: number;
  readonly state: BoundState;
  readonly loss: number;
  /** ε in units of the loss. */
  readonly tolerance: number;
  /** Upper bound of what the readout can still take off the loss; null where nothing can be said. */
  readonly gap: number | null;
  readonly tightness: number | null;
  readonly sigmaMin: number;
  readonly floor: number;
  readonly rank: number;
  /** ‖χ‖_F, and what the readout's gradient bounds it by. */
  readonly error: number;
  readonly errorBound: number | null;
  /** The loss that no readout of these features avoids. */
  readonly lossFloor: number | null;
  /** The same from the gradient of all layers; null where it was not computed. */
  readonly tangent: {
    readonly lambdaMin: number;
    readonly errorBound: number | null;
    readonly gap: number | null;
  } | null;
}

/** λ_min of one layer at one step, at the widest width. */
export interface IndependenceCell {
  readonly layer: number;
  readonly which: 'preactivation' | 'activation';
  readonly step: number;
  /** 0 is below its numerical floor. */
  readonly lambdaMin: number;
  /** Infinite-width value at initialization; 0 for "limit 0". */
  readonly limit: number | null;
  readonly share: number | null;
  readonly judged: boolean;
}

/** What a convergence check finds, over the runs ended so far. */
export interface ConvergenceCheck {
  /** Null before every run has ended. */
  readonly verdict: BoundState | 'diverged' | null;
  /** The verdict in words; empty before the first run ended. */
  readonly sentence: string;
  /** What it rests on, a sentence each. */
  readonly evidence: readonly string[];
  readonly hypotheses: readonly Hypothesis[];
  /** Of the widest width at its last step, the worst seed. */
  readonly bound: RunBound | null;
  readonly independence: {
    readonly width: number;
    /** How many are watched. */
    readonly samples: number;
    readonly state: 'independent' | 'dependent';
    readonly cells: readonly IndependenceCell[];
    readonly worst: IndependenceCell | null;
  } | null;
  /** λ_min of features at the start and at the end together, layer 1 first: at the widest, and its slope against width. */
  readonly joint: readonly { readonly value: number | null; readonly slope: Slope }[];
  /** Layer 1 first; null before every run has ended. */
  readonly features: readonly LayerFeatures[] | null;
  /** Null before every run has ended. */
  readonly infiniteWidth: InfiniteWidth | null;
  /** By layer, layer 1 first; null of one width, and before every run has ended. */
  readonly classes: {
    readonly movement: readonly LayerScaling[];
    readonly lambdaMin: readonly LayerScaling[];
  } | null;
}
