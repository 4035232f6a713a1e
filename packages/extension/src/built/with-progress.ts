import * as vscode from 'vscode';

/** What follows the work: how much of how much is done. */
export type Follow = (done: number, total: number) => void;

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
      return run(stopped.signal, (done, total) => {
        progress.report({ increment: (100 * (done - before)) / total, message: `${done} of ${total} runs` });
        before = done;
      });
    },
  );
}
