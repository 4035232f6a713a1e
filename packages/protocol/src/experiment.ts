import { NotificationType, RequestType } from 'vscode-jsonrpc';
import type { Failure } from './failure.ts';
import type { ExperimentName, Judgements } from './judgements.ts';
import type { RunAdvance, RunHistory } from './run.ts';

/** Names an experiment within one life of the server. */
export type ExperimentId = string & { readonly __brand: 'ExperimentId' };

export type ActivationName = 'sigmoid' | 'tanh' | 'silu' | 'gelu' | 'erf' | 'relu' | 'identity';

/**
 * What to train: parameters by the names of the experiment's settings, which docs/cli.md lists with its flags. What is left
 * out takes that command's default.
 */
export type ExperimentConfig = Readonly<
  Record<string, number | string | readonly number[] | readonly string[] | null>
>;

/** What is being trained, with every default filled in. */
export interface ExperimentPlan {
  /** In words: `digits, 64 samples`. */
  readonly data: string;
  /** What stands for a model of the user's, and how far it is that; null where the built-in network does. */
  readonly twin: {
    readonly name: string;
    readonly shares: readonly string[];
    readonly lacks: readonly string[];
  } | null;
  /** What no run will change, a clause each: what the data alone decide, and what is asked too little for. */
  readonly foreseen: readonly string[];
  /** In the order asked for. `name` is the key of verdicts and runs, `label` what people read. */
  readonly parametrizations: readonly { readonly name: string; readonly label: string }[];
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly depth: number;
  readonly activation: ActivationName;
  readonly steps: number;
  /** Samples that an update sees; null is all of them. */
  readonly batch: number | null;
  readonly learningRate: number;
  /** Where all parametrizations are one network at one rate. */
  readonly baseWidth: number;
  /** How readouts start: as their parametrizations have it, or at zero. */
  readonly readout: 'scaled' | 'zero';
  readonly optimizer: 'sgd' | 'momentum' | 'adam';
  readonly loss: 'half-square' | 'square' | 'cross-entropy';
  readonly engine: string;
  /** What the command line takes to do the same again: its command, then flags. */
  readonly arguments: readonly string[];
  /** Whether results outlast the server: not without a folder, nor in one that nobody trusts. */
  readonly kept: boolean;
  /** Infinite-width λ_min at initialization, one entry a hidden layer; 0 for "limit 0", null where there is none. */
  readonly limits: Readonly<Record<string, readonly (number | null)[]>>;
}

export type ExperimentState =
  /** Planned; so many experiments have to end before it begins. */
  | { readonly kind: 'queued'; readonly before: number }
  | { readonly kind: 'running' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'cancelled' }
  /** Some runs left no result; the others stand. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How far an experiment is. */
export interface Progress {
  /** Runs that ended, whether computed or found in the store. */
  readonly finished: number;
  readonly total: number;
  /** Null until it can be told, and when nothing is left. */
  readonly secondsLeft: number | null;
}

/** Everything known about an experiment: what a view is hydrated with. */
export interface ExperimentSnapshot<Name extends ExperimentName = ExperimentName> {
  readonly experimentId: ExperimentId;
  /** Its command, which says what its judgement holds. */
  readonly experiment: Name;
  /** Counts the {@link ExperimentAdvanced} messages this snapshot already holds. */
  readonly revision: number;
  readonly plan: ExperimentPlan;
  readonly state: ExperimentState;
  readonly progress: Progress;
  /** One entry a planned run, in the order of the plan. */
  readonly runs: readonly RunHistory[];
  readonly judgement: Judgements[Name];
}

export interface StartExperimentParams {
  readonly experiment: ExperimentName;
  readonly config: ExperimentConfig;
  /** Where relative files and the store (`.widthwise/store`) are; without it, the first workspace folder. */
  readonly folder?: string;
  /** Compute again what the store already has. */
  readonly fresh?: boolean;
  /** Nobody trusts the folder: nothing in it is read, nor its store believed, and nothing is kept there. */
  readonly restricted?: boolean;
}

export interface ExperimentRef {
  readonly experimentId: ExperimentId;
}

export interface ExperimentAdvancedParams extends ExperimentRef {
  /** One more than the last; a view that misses one reads the whole experiment again. */
  readonly revision: number;
  readonly state: ExperimentState;
  readonly progress: Progress;
  /** Runs that were planned since the last message, once others had ended: they come after all there are. */
  readonly planned: readonly RunHistory[];
  readonly runs: readonly RunAdvance[];
  /** Null where no run ended since the last message. */
  readonly judgement: Judgements[ExperimentName] | null;
}

export interface ExperimentEndedParams extends ExperimentRef {
  readonly state: ExperimentState;
}

/**
 * Client → server. Checks and plans, then answers with the experiment as planned: running, or queued where two are
 * running; what follows comes as {@link ExperimentAdvanced}. An experiment already running is not disturbed. Cancelling
 * the request before it is answered ends what prepares it and starts nothing.
 *
 * Fails with `invalid-config`, and with `busy` where too many are waiting.
 */
export const StartExperiment: RequestType<StartExperimentParams, ExperimentSnapshot, Failure> =
  new RequestType('widthwise/experiment/start');

/**
 * Client → server. Stops an experiment between two steps of its runs, or takes it out of the queue; finished runs stay.
 * Answers when nothing of it is left running, with the whole experiment; one that had already ended is answered as it
 * ended.
 *
 * Fails with `unknown-experiment`.
 */
export const CancelExperiment: RequestType<ExperimentRef, ExperimentSnapshot, Failure> = new RequestType(
  'widthwise/experiment/cancel',
);

/**
 * Client → server, at any time, also after the end: the whole experiment. A view asks when it becomes visible and when
 * it missed a message.
 *
 * Fails with `unknown-experiment`.
 */
export const ReadExperiment: RequestType<ExperimentRef, ExperimentSnapshot, Failure> = new RequestType(
  'widthwise/experiment/read',
);

/** Server → client, at most 20 per second and experiment: what came since the last one. */
export const ExperimentAdvanced: NotificationType<ExperimentAdvancedParams> = new NotificationType(
  'widthwise/experiment/advanced',
);

/** Server → client, once per experiment, after its last {@link ExperimentAdvanced}: how it ended. */
export const ExperimentEnded: NotificationType<ExperimentEndedParams> = new NotificationType(
  'widthwise/experiment/ended',
);
