import type { CancellationToken } from 'vscode-languageserver';

/**
 * A token as an `AbortSignal`, the one form of cancellation that runs know.
 *
 * A token cancelled before its request was dispatched never fires its event, so the flag is read first.
 */
export function abortSignal(token: CancellationToken): AbortSignal {
  if (token.isCancellationRequested) return AbortSignal.abort();
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
