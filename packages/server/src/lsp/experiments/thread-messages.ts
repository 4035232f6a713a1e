import type {
  ExperimentAdvancedParams,
  ExperimentId,
  ExperimentName,
  ExperimentSnapshot,
} from '@widthwise/protocol';

/** What a thread of an experiment is started with. */
export interface ExperimentOrder {
  readonly experimentId: ExperimentId;
  readonly experiment: ExperimentName;
  /** Checked, by the names of the experiment's fields. */
  readonly asked: object;
  readonly cwd: string;
  /** The folder of its results; empty where nothing is kept. */
  readonly store: string;
  readonly fresh: boolean;
  /** One Int32, shared by all experiments: how many workers each may have now. */
  readonly share: SharedArrayBuffer;
}

/** To a thread, once it has prepared. */
export type ThreadCommand =
  /** Begin, and count on from the messages that were told while it waited. */
  | { readonly kind: 'begin'; readonly revision: number }
  | { readonly kind: 'read' }
  | { readonly kind: 'cancel' };

/** What an experiment is, before any of it has run. */
export interface PreparedMessage {
  readonly kind: 'prepared';
  readonly snapshot: ExperimentSnapshot;
  /** The same for the same runs. */
  readonly planHash: string;
}

/** From a thread: prepared or refused first, ended last. */
export type ThreadMessage =
  | PreparedMessage
  | {
      readonly kind: 'refused';
      readonly field: string | null;
      readonly problem: string;
      readonly part: string | null;
    }
  | { readonly kind: 'advanced'; readonly params: ExperimentAdvancedParams }
  | { readonly kind: 'read'; readonly snapshot: ExperimentSnapshot }
  | { readonly kind: 'noted'; readonly sentence: string }
  | { readonly kind: 'warned'; readonly sentence: string }
  | { readonly kind: 'ended'; readonly snapshot: ExperimentSnapshot };
