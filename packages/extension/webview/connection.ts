// Installs what vscode-jsonrpc needs of a browser: timers and an encoder.
import 'vscode-jsonrpc/browser';
import { connectPort } from '@widthwise/protocol';
import type { MessageConnection } from 'vscode-jsonrpc';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** The way to the host, and through it to the server. Not yet listening. */
export function connectHost(): MessageConnection {
  const host = acquireVsCodeApi();
  return connectPort({
    post: (message) => host.postMessage(message),
    listen: (handler) => {
      const listener = (event: MessageEvent<unknown>): void => handler(event.data);
      window.addEventListener('message', listener);
      return { dispose: () => window.removeEventListener('message', listener) };
    },
  });
}
