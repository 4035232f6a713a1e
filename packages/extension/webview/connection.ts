// Installs what vscode-jsonrpc needs of a browser: timers and an encoder.
import 'vscode-jsonrpc/browser';
import { type ComparisonState, connectPort } from '@widthwise/protocol';
import type { MessageConnection } from 'vscode-jsonrpc';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

/** What a page has of its host. */
export interface HostSide {
  /** The way to the host, and through it to the server. Not yet listening. */
  readonly connection: MessageConnection;
  /** Keeps how the comparison of this page stands, for a host that brings the page back after a reload. */
  saveState(comparison: ComparisonState['kind']): void;
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
  let saved: ComparisonState['kind'] | undefined;
  return {
    connection,
    saveState(comparison) {
      if (comparison !== saved) host.setState({ comparison });
      saved = comparison;
    },
  };
}
