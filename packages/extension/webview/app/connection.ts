// Installs what vscode-jsonrpc needs of a browser: timers and an encoder.
import 'vscode-jsonrpc/browser';
import { connectPort, type ExperimentState } from '@widthwise/protocol';
import type { MessageConnection } from 'vscode-jsonrpc';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

/** What a page has of its host. */
export interface HostSide {
  /** The way to the host, and through it to the server. Not yet listening. */
  readonly connection: MessageConnection;
  /** Keeps how the experiment of this page stands, for a host that brings the page back after a reload. */
  saveState(state: ExperimentState['kind']): void;
}

/** Binds the page to its host. */
export function connectHost(): HostSide {
  const host = acquireVsCodeApi();
  const connection = connectPort({
    post: (message) => host.postMessage(message),
    listen: (handler) => {
      const listener = (event: MessageEvent<unknown>): void => handler(event.data);
      window.addEventListener('message', listener);
      return { dispose: () => window.removeEventListener('message', listener) };
    },
  });
  let saved: ExperimentState['kind'] | undefined;
  return {
    connection,
    saveState(state) {
      if (state !== saved) host.setState({ experiment: state });
      saved = state;
    },
  };
}
