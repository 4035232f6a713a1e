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
  /** So many seeds, all else as it was asked for; without it, what the settings say now. */
  readonly seeds?: number;
}

/** What a page asks its host for: the settings of its experiment, its report as a page, the list of what was run. */
export interface ViewAskParams {
  readonly experiment: ExperimentName;
  readonly what: 'settings' | 'report' | 'runs';
}

export interface SaveFigureParams {
  /** Without an ending. */
  readonly name: string;
  readonly kind: 'svg' | 'csv' | 'png';
  /** Text, or base64 of a PNG. */
  readonly content: string;
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

/** Webview → host, when a person presses a button that begins an experiment. */
export const RunAgain: NotificationType<RunAgainParams> = new NotificationType('widthwise/view/runAgain');

/** Webview → host, when a person presses a button whose answer stands outside the page. */
export const ViewAsk: NotificationType<ViewAskParams> = new NotificationType('widthwise/view/ask');

/** Webview → host: a figure that a person saves, wherever they say. */
export const SaveFigure: NotificationType<SaveFigureParams> = new NotificationType(
  'widthwise/view/saveFigure',
);

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
