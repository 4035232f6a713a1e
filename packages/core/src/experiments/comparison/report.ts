import type { LayerOutcome, Series } from '../../run/run-result.ts';
import type { Slope } from '../../statistics/slope.ts';
import type { Scaling } from '../judging/scaling-class.ts';
import type { InfiniteWidth } from '../limit/infinite-width.ts';

/** One run of a comparison. */
export interface ComparisonRow {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly state: 'finished' | 'diverged';
  readonly divergedAt: number | null;
  readonly loss: readonly [number | null, number | null];
  /** RMS over probe and outputs of f_T − f_0; null where the run diverged. */
  readonly outputChange: number | null;
  readonly layers: readonly ComparisonLayer[];
  readonly series: readonly Series[];
}

export interface ComparisonLayer extends LayerOutcome {
  /** λ_min of the infinite-width kernel of the same probe at initialization: 0 for "limit 0", null where there is none. */
  readonly lambdaMinLimit: number | null;
}

/** Slopes against width of one parametrization: one entry a hidden layer, layer 1 first. */
export interface ComparisonSlopes {
  readonly movement: readonly Slope[];
  /** Of λ_min after training. */
  readonly lambdaMin: readonly Slope[];
  readonly lambdaMinJoint: readonly Slope[];
  readonly outputChange: Slope;
}

/** Where runs of a parametrization diverged. */
export interface Divergence {
  /** Whether every run of the parametrization did. */
  readonly everywhere: boolean;
  /** Ascending. */
  readonly widths: readonly number[];
  /** The earliest and the latest step at which a run did. */
  readonly steps: readonly [first: number, last: number];
}

/** How one layer scales: its class and what that rests on. */
export interface LayerScaling extends Scaling {
  readonly layer: number;
  /** The step that it was judged at: T, or the worst one. */
  readonly step: number;
}

/** What features do as width grows; `untrained` where nothing moved at the smallest width. */
export type FeatureMotion = 'moves' | 'frozen' | 'grows' | 'undecided' | 'untrained';

/** The poster's two columns, from measurement alone. Null is undecided, and `reasons` says what would decide it. */
export interface ComparisonVerdict {
  /** Null is not measured at this η, or undecided. */
  readonly stable: boolean | null;
  /** True where features move, false where they are frozen; null where they grow, nothing was trained, or it is undecided. */
  readonly featureLearning: boolean | null;
  readonly richness: 'rich' | 'low' | null;
  readonly motion: FeatureMotion;
  /** Whether richness was measured: a probe that is too small or too large for the widths, or dependent by itself, is not. */
  readonly richnessMeasured: boolean;
  /** What is low: features that only shrink, or that become dependent; null where neither is shown. */
  readonly collapse: 'shrink' | 'dependent' | null;
  /** Every layer, layer 1 first: movement at T, and λ_min at its worst probed step. */
  readonly classes: {
    readonly movement: readonly LayerScaling[];
    readonly lambdaMin: readonly LayerScaling[];
  };
  /** Null where every run finished. */
  readonly divergence: Divergence | null;
  /** The judged layers (1-based) whose movement grows with width. */
  readonly growing: readonly number[];
  /** Clauses that belong beside the verdict: "diverges at step 3 at every width", "layer 2 grows with width". */
  readonly reasons: readonly string[];
}

/** What the Gram xᵀx/n over the probe shows at one width after the last step, averaged over seeds. */
export interface WidthFeatures {
  readonly width: number;
  /** Descending, ≥ 0; of more than 64 those of 64 ranks, evenly spread, the first and the last among them. */
  readonly eigenvalues: readonly number[];
  /** Below it an eigenvalue is rounding. */
  readonly floor: number;
  /** σ_1/σ_P of the features; null where σ_P is below its floor. */
  readonly conditionNumber: number | null;
  readonly numericalRank: number;
  /** (Σλ)²/Σλ². */
  readonly participationRatio: number;
  /** Of the Gram at step 0 and now; 1 where training only rescaled it. */
  readonly kernelAlignment: number | null;
  /** Linear CKA of both, unbiased; null of fewer than 4 samples. */
  readonly centeredAlignment: number | null;
  /** Scatter within classes by that between them; null where samples have no classes. */
  readonly classScatter: number | null;
}

/** The features of one hidden layer over widths. */
export interface LayerFeatures {
  readonly layer: number;
  /** Eigenvalues of the infinite-width kernel of the same probe at initialization; null where there is none. */
  readonly limit: readonly number[] | null;
  /** Widths all of whose runs finished; none where Grams are not kept. */
  readonly byWidth: readonly WidthFeatures[];
}

/** What `compare` finds, keyed by the label of each parametrization. */
export interface ComparisonReport {
  /** False when interrupted: slopes of what is finished, verdicts null. */
  readonly complete: boolean;
  readonly rows: readonly ComparisonRow[];
  readonly slopes: Readonly<Record<string, ComparisonSlopes>>;
  readonly verdicts: Readonly<Record<string, ComparisonVerdict>> | null;
  /** One entry a hidden layer, layer 1 first. Null when interrupted. */
  readonly features: Readonly<Record<string, readonly LayerFeatures[]>> | null;
  /** Losses and λ_min as the width grows without end. Null when interrupted. */
  readonly infiniteWidth: Readonly<Record<string, InfiniteWidth>> | null;
  /** What is true of the data whatever is trained: samples that are equal, opposite or parallel, by row. */
  readonly dependentSamples: readonly string[];
}
