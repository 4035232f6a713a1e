import type { ExperimentSnapshot } from '@widthwise/protocol';

/** What `vscode.extensions.getExtension('widthwise.widthwise-vscode').activate()` resolves to. */
export interface ExtensionApi {
  /** Settles when the language server has answered `initialize`. */
  readonly clientReady: Promise<void>;
  /** The experiment the panel shows, read from the server; null while nothing was started. */
  experiment(): Promise<ExperimentSnapshot | null>;
}
