import type { BoundState } from '../../quantities/gradient-loss-bound.ts';
import type { StepBound } from '../../run/step-bound.ts';
import type {
  ComparisonRow,
  ComparisonSlopes,
  ComparisonVerdict,
  LayerFeatures,
} from '../comparison/report.ts';
import type { InfiniteWidth } from '../limit/infinite-width.ts';

/** Whether a hypothesis of the theorem is satisfied; `in-the-limit` is one that no measurement satisfies, and none breaks. */
export type HypothesisState = 'holds' | 'does-not-hold' | 'not-known' | 'in-the-limit';

/** One hypothesis of the theorem, and why it holds or not. */
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
  readonly state: HypothesisState;
  /** One clause. */
  readonly reason: string;
}

/** The gradient–loss bound of one run at one probed step. */
export interface RunBound extends Omit<StepBound, 'features'> {
  readonly width: number;
  readonly seed: number;
  readonly state: BoundState;
  /** 𝓛 at that step. */
  readonly loss: number;
  /** ε in units of the loss. */
  readonly tolerance: number;
}

/** How far training has come in one run. */
export interface Stationarity {
  readonly width: number;
  readonly seed: number;
  /** ‖χ‖_F at the first and the last probed step. */
  readonly error: readonly [number, number];
  /** ‖∂𝓛/∂W^l‖_F of every effective weight, the readout last. */
  readonly gradients: readonly { readonly layer: number; readonly norms: readonly [number, number] }[];
  /** The share of the loss that a step of gradient descent takes off it, to first order: Σ_l η_l‖∂𝓛/∂W^l‖²/𝓛; null where 𝓛 is 0, with momentum and with Adam. */
  readonly fall: number | null;
  /**
   * Whether it hardly falls at a loss that independent features could still take off, over features of the last hidden layer
   * whose λ_min is next to nothing beside its limit: a plateau and no minimum. A small rate alone is none, and cross-entropy,
   * which falls ever more slowly by itself, never is.
   */
  readonly plateau: boolean;
}

/** λ_min of one layer's features over the probe at one step, at the widest width. */
export interface IndependenceCell {
  readonly layer: number;
  readonly which: 'preactivation' | 'activation';
  readonly step: number;
  /** Mean over seeds; 0 where one is below its numerical floor. */
  readonly lambdaMin: number;
  /** Infinite-width value at initialization: 0 for "limit 0", null where there is none. */
  readonly limit: number | null;
  /** λ_min by its limit; null where there is none above 0. */
  readonly share: number | null;
  /** False of h¹ with more probe samples than input dimensions, whose rank the data alone bound. */
  readonly judged: boolean;
}

/** What became of the features of the probe. */
export interface Independence {
  readonly width: number;
  /** How many are watched: the first of the training data, of which alone it speaks. */
  readonly samples: number;
  /** `dependent` where a judged λ_min is below its floor, and `pairs` says whether by the data alone. */
  readonly state: 'independent' | 'dependent';
  readonly cells: readonly IndependenceCell[];
  /** Of the judged cells: the smallest λ_min below its floor, else of those whose limit is 0, else the smallest share. */
  readonly worst: IndependenceCell | null;
}

/** What `check` finds. */
export interface ConvergenceReport {
  /** False when interrupted: then nothing is judged. */
  readonly complete: boolean;
  /** Of the bound of the widest width at the last step, the worst seed counting; null when interrupted. */
  readonly verdict: BoundState | 'diverged' | null;
  readonly hypotheses: readonly Hypothesis[];
  readonly bound: RunBound | null;
  readonly stationarity: Stationarity | null;
  readonly independence: Independence | null;
  /** What the features do as width grows; null of one width, and when interrupted. */
  readonly overWidths: ComparisonVerdict | null;
  readonly slopes: ComparisonSlopes;
  /** Eigenvalues of every layer's Gram by width, and what follows from them; null when interrupted. */
  readonly features: readonly LayerFeatures[] | null;
  /** Loss and λ_min as the width grows without end; null when interrupted. */
  readonly infiniteWidth: InfiniteWidth | null;
  /** Of every run at every probed step. */
  readonly bounds: readonly RunBound[];
  /** What is true of the data whatever is trained: probe samples that are equal, opposite or parallel, by row. */
  readonly dependentSamples: readonly string[];
  readonly rows: readonly ComparisonRow[];
}
