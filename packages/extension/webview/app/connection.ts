// Installs what vscode-jsonrpc needs of a browser: timers and an encoder.
import 'vscode-jsonrpc/browser';
import { connectPort, type ExperimentId, type ExperimentState } from '@widthwise/protocol';
import type { MessageConnection } from 'vscode-jsonrpc';
import { type Choice, choiceFrom } from './choice.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
};

/** What a page leaves for the one after it, which may be of another window. */
export interface LeftState {
  /** How its experiment stands, for a host that brings the page back. */
  readonly experiment: ExperimentState['kind'];
  readonly experimentId: ExperimentId;
  readonly choice: Choice;
}

/** What a page has of its host. */
export interface HostSide {
  /** The way to the host, and through it to the server. Not yet listening. */
  readonly connection: MessageConnection;
  /** What a person had chosen in the page before. */
  readonly choice: Choice;
  saveState(state: LeftState): void;
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
  const left = host.getState();
  let saved = '';
  return {
    connection,
    choice: choiceFrom(typeof left === 'object' && left !== null && 'choice' in left ? left.choice : null),
    saveState(state) {
      const text = JSON.stringify(state);
      if (text !== saved) host.setState(state);
      saved = text;
    },
  };
}
