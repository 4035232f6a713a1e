import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Failure } from './failure.ts';
import type { RunAdvance, RunHistory } from './run.ts';
import type { Judgement } from './verdict.ts';

/** Names a comparison within one life of the server. */
export type ComparisonId = string & { readonly __brand: 'ComparisonId' };

export type ActivationName = 'sigmoid' | 'tanh' | 'silu' | 'gelu' | 'erf' | 'relu' | 'identity';

/** What to train, as the flags of `widthwise compare`; what is left out takes that command's default. */
export interface ComparisonConfig {
  /** `digits[:P]`, `mixture[:k,d,P]` or `csv:FILE[:label=COLUMN]`; a relative FILE starts at the workspace folder. */
  readonly data?: string;
  readonly dataSeed?: number;
  /** Of the hidden layers, at least two. */
  readonly widths?: readonly number[];
  /** Names, or `abc:FILE.json`. */
  readonly parametrizations?: readonly string[];
  /** Number of hidden layers. */
  readonly depth?: number;
  readonly activation?: ActivationName;
  readonly steps?: number;
  readonly learningRate?: number;
  /** Seeds are 0 … seeds − 1. */
  readonly seeds?: number;
  readonly baseWidth?: number;
  /** Number of samples watched. */
  readonly probe?: number;
  readonly loss?: 'half-square' | 'square';
  readonly reduction?: 'mean' | 'sum';
  readonly engine?: string;
}

/** What is being trained, with every default filled in. */
export interface ComparisonPlan {
  /** In words: `digits, 64 samples`. */
  readonly data: string;
  /** In the order asked for. `name` is the key of verdicts and runs, `label` what people read. */
  readonly parametrizations: readonly { readonly name: string; readonly label: string }[];
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  readonly learningRate: number;
  readonly engine: string;
  /** Infinite-width λ_min at initialization, one entry a hidden layer; 0 for "limit 0", null where there is none. */
  readonly limits: Readonly<Record<string, readonly (number | null)[]>>;
}

export type ComparisonState =
  | { readonly kind: 'running' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  /** Some runs left no result; the others stand. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How far a comparison is. */
export interface Progress {
  /** Runs that ended, whether computed or found in the store. */
  readonly finished: number;
  readonly total: number;
  /** Null until it can be told, and when nothing is left. */
  readonly secondsLeft: number | null;
}

/** Everything known about a comparison: what a view is hydrated with. */
export interface ComparisonSnapshot {
  readonly comparisonId: ComparisonId;
  /** Counts the {@link ComparisonAdvanced} messages this snapshot already holds. */
  readonly revision: number;
  readonly plan: ComparisonPlan;
  readonly state: ComparisonState;
  readonly progress: Progress;
  /** One entry a planned run, in the order of the plan. */
  readonly runs: readonly RunHistory[];
  readonly judgement: Judgement;
}

export interface StartComparisonParams {
  readonly config: ComparisonConfig;
  /** Where relative files and the store (`.widthwise/store`) are; without it, the first workspace folder. */
  readonly folder?: string;
  /** Compute again what the store already has. */
  readonly fresh?: boolean;
}

export interface ComparisonParams {
  readonly comparisonId: ComparisonId;
}

export interface ComparisonAdvancedParams extends ComparisonParams {
  /** One more than the last; a view that misses one reads the whole comparison again. */
  readonly revision: number;
  readonly progress: Progress;
  readonly runs: readonly RunAdvance[];
  /** Null where no run ended since the last message. */
  readonly judgement: Judgement | null;
}

export interface ComparisonEndedParams extends ComparisonParams {
  readonly state: ComparisonState;
}

/**
 * Client → server. Checks the configuration, then starts training and answers at once with the comparison as planned;
 * what follows comes as {@link ComparisonAdvanced}. A comparison already running is not disturbed. Cancelling the
 * request before it is answered starts nothing.
 *
 * Fails with `invalid-config`.
 */
export const StartComparison: RequestType<StartComparisonParams, ComparisonSnapshot, Failure> =
  new RequestType('widthwise/comparison/start');

/**
 * Client → server. Stops a comparison between two steps of its runs; finished runs stay. Answers when nothing of it is
 * left running, with the whole comparison; one that had already ended is answered as it ended.
 *
 * Fails with `unknown-comparison`.
 */
export const CancelComparison: RequestType<ComparisonParams, ComparisonSnapshot, Failure> = new RequestType(
  'widthwise/comparison/cancel',
);

/**
 * Client → server, at any time, also after the end: the whole comparison. A view asks when it becomes visible and when
 * it missed a message.
 *
 * Fails with `unknown-comparison`.
 */
export const ReadComparison: RequestType<ComparisonParams, ComparisonSnapshot, Failure> = new RequestType(
  'widthwise/comparison/read',
);

/** Server → client, at most 20 per second and comparison: what came since the last one. */
export const ComparisonAdvanced: NotificationType<ComparisonAdvancedParams> = new NotificationType(
  'widthwise/comparison/advanced',
);

/** Server → client, once per comparison, after its last {@link ComparisonAdvanced}: how it ended. */
export const ComparisonEnded: NotificationType<ComparisonEndedParams> = new NotificationType(
  'widthwise/comparison/ended',
);
