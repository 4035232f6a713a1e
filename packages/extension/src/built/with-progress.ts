import * as vscode from 'vscode';
import type { Done } from '../command-line.ts';

/** What follows the work. */
export type Follow = (done: Done) => void;

/** Runs something that a notification follows and cancels. */
export function withProgress<Result>(
  what: string,
  run: (signal: AbortSignal, follow: Follow) => Promise<Result>,
): Thenable<Result> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Widthwise: ${what}`, cancellable: true },
    (progress, token) => {
      const stopped = new AbortController();
      token.onCancellationRequested(() => stopped.abort());
      let before = 0;
      return run(stopped.signal, ({ done, total, share }) => {
        progress.report({ increment: 100 * (share - before), message: `${done} of ${total} runs` });
        before = share;
      });
    },
  );
}
