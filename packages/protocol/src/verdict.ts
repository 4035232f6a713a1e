import type { InfiniteWidth } from './limit.ts';
import type { Slope } from './slope.ts';

/** Slopes of one parametrization against width, one entry a hidden layer, layer 1 first. */
export interface Slopes {
  readonly movement: readonly Slope[];
  /** Of λ_min after training. */
  readonly lambdaMin: readonly Slope[];
  readonly lambdaMinJoint: readonly Slope[];
  readonly outputChange: Slope;
}

/** How one layer scales with width. */
export interface LayerScaling {
  readonly layer: number;
  readonly step: number;
  readonly class: 'constant' | 'falls' | 'grows' | 'undecided';
  readonly slope: Slope;
  readonly predicted: number | null;
  readonly agreement: 'consistent' | 'approaching' | 'contradicts' | null;
  readonly crossover: number | null;
}

/** What the slopes say, from measurement alone; null is undecided. */
export interface Verdict {
  readonly stable: boolean | null;
  readonly featureLearning: boolean | null;
  readonly richness: 'rich' | 'low' | null;
  /** What features do as width grows: more than `featureLearning` can say. */
  readonly motion: 'moves' | 'frozen' | 'grows' | 'undecided' | 'untrained';
  /** False where the probe cannot tell: too few samples, too many for the widths, or dependent ones. */
  readonly richnessMeasured: boolean;
  /** Clauses that belong beside the verdict: where it diverges, what would decide it. */
  readonly reasons: readonly string[];
  /** Every layer, layer 1 first: movement at the last step, and λ_min at its worst probed one. */
  readonly classes: {
    readonly movement: readonly LayerScaling[];
    readonly lambdaMin: readonly LayerScaling[];
  };
  /** Null where every run finished. */
  readonly divergence: { readonly everywhere: boolean } | null;
  /** Consequence and evidence in words, for a person. */
  readonly sentence: string;
}

/** What the Grams of one hidden layer show after the last step, averaged over seeds. */
export interface LayerFeatures {
  readonly layer: number;
  /** Eigenvalues of the infinite-width kernel at initialization, descending; null where there is none. */
  readonly limit: readonly number[] | null;
  readonly byWidth: readonly {
    readonly width: number;
    /** Descending; those of 64 ranks where there are more. */
    readonly eigenvalues: readonly number[];
    readonly floor: number;
    readonly conditionNumber: number | null;
    readonly numericalRank: number;
    readonly participationRatio: number;
    readonly kernelAlignment: number | null;
    readonly centeredAlignment: number | null;
    readonly classScatter: number | null;
  }[];
}

/** Slopes and verdict by the name of each parametrization, over the runs ended so far. */
export interface Judgement {
  readonly slopes: Readonly<Record<string, Slopes>>;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** By parametrization; null before every run has ended. */
  readonly features: Readonly<Record<string, readonly LayerFeatures[]>> | null;
  /** By parametrization; null before every run has ended. */
  readonly infiniteWidth: Readonly<Record<string, InfiniteWidth>> | null;
  /** The answer to the whole comparison in words; empty before the first run ended. */
  readonly sentence: string;
}
