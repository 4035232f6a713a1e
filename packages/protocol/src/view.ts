import { NotificationType, NotificationType0 } from 'vscode-jsonrpc';
import {
  CancelExperiment,
  ExperimentAdvanced,
  ExperimentEnded,
  type ExperimentSnapshot,
  ReadExperiment,
} from './experiment.ts';
import type { ExperimentName } from './judgements.ts';

export interface HydrateViewParams {
  /** Null while nothing was started yet. */
  readonly snapshot: ExperimentSnapshot | null;
}

export interface ViewLostParams {
  /** One sentence: why nothing more will come. */
  readonly reason: string;
}

export interface RunAgainParams {
  readonly experiment: ExperimentName;
}

/**
 * Webview → host, once each time its page has loaded and listens. The host must not send anything before: VS Code
 * drops what is posted to a page whose script has not run.
 */
export const ViewReady: NotificationType0 = new NotificationType0('widthwise/view/ready');

/** Host → webview, in answer to {@link ViewReady} and whenever the view is given another experiment: all it shows. */
export const HydrateView: NotificationType<HydrateViewParams> = new NotificationType(
  'widthwise/view/hydrate',
);

/** Host → webview, when the server is gone: what is shown stays, and nothing is added to it. */
export const ViewLost: NotificationType<ViewLostParams> = new NotificationType('widthwise/view/lost');

/** Webview → host, when a person presses the button for it: run an experiment with the current settings. */
export const RunAgain: NotificationType<RunAgainParams> = new NotificationType('widthwise/view/runAgain');

/** The server methods a webview may call; its host relays these and refuses the rest. */
export const WEBVIEW_REQUESTS: ReadonlySet<string> = new Set([
  ReadExperiment.method,
  CancelExperiment.method,
]);

/** The server notifications that a host passes on to its webview. */
export const WEBVIEW_NOTIFICATIONS: ReadonlySet<string> = new Set([
  ExperimentAdvanced.method,
  ExperimentEnded.method,
]);
