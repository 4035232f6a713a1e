import type { LayerOutcome, Series } from '../train/run-result.ts';

/** A fitted exponent with its 95 % interval; all null where it cannot be fitted, and then `reason` says why. */
export interface Slope {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly reason?: string;
}

/** One run of a comparison. */
export interface ComparisonRow {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly state: 'finished' | 'diverged';
  readonly divergedAt: number | null;
  readonly loss: readonly [number | null, number | null];
  readonly layers: readonly ComparisonLayer[];
  readonly series: readonly Series[];
}

export interface ComparisonLayer extends LayerOutcome {
  /** λ_min of the infinite-width kernel of the same probe at initialisation: 0 for "limit 0", null where there is none. */
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

/** The poster's two columns, from measurement alone. Null is undecided, and `reasons` says what would decide it. */
export interface ComparisonVerdict {
  readonly stable: boolean | null;
  readonly featureLearning: boolean | null;
  readonly richness: 'rich' | 'low' | null;
  /** Sentences that belong beside the verdict: "layer 2 grows with width", "undecided at these seeds: run 5 more". */
  readonly reasons: readonly string[];
}

/** What `compare` finds, keyed by the label of each parametrization. */
export interface ComparisonReport {
  /** False when interrupted: slopes of what is finished, verdicts null. */
  readonly complete: boolean;
  readonly rows: readonly ComparisonRow[];
  readonly slopes: Readonly<Record<string, ComparisonSlopes>>;
  readonly verdicts: Readonly<Record<string, ComparisonVerdict>> | null;
}
