import { NotificationType, NotificationType0 } from 'vscode-jsonrpc';
import {
  CancelComparison,
  ComparisonAdvanced,
  ComparisonEnded,
  type ComparisonSnapshot,
  ReadComparison,
} from './comparison.ts';

export interface HydrateViewParams {
  /** Null while nothing was compared yet. */
  readonly comparison: ComparisonSnapshot | null;
}

export interface ViewLostParams {
  /** One sentence: why nothing more will come. */
  readonly reason: string;
}

/**
 * Webview → host, once each time its page has loaded and listens. The host must not send anything before: VS Code
 * drops what is posted to a page whose script has not run.
 */
export const ViewReady: NotificationType0 = new NotificationType0('widthwise/view/ready');

/** Host → webview, in answer to {@link ViewReady} and whenever the view is given another comparison: all it shows. */
export const HydrateView: NotificationType<HydrateViewParams> = new NotificationType(
  'widthwise/view/hydrate',
);

/** Host → webview, when the server is gone: what is shown stays, and nothing is added to it. */
export const ViewLost: NotificationType<ViewLostParams> = new NotificationType('widthwise/view/lost');

/** Webview → host, when a person presses the button for it: compare again with the current settings. */
export const CompareAgain: NotificationType0 = new NotificationType0('widthwise/view/compareAgain');

/** The server methods a webview may call; its host relays these and refuses the rest. */
export const WEBVIEW_REQUESTS: ReadonlySet<string> = new Set([
  ReadComparison.method,
  CancelComparison.method,
]);

/** The server notifications that a host passes on to its webview. */
export const WEBVIEW_NOTIFICATIONS: ReadonlySet<string> = new Set([
  ComparisonAdvanced.method,
  ComparisonEnded.method,
]);
