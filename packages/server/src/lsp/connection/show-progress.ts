import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import { logText, messageText } from './message-text.ts';

/** One experiment in the editor's own progress display. */
export interface ProgressDisplay {
  /** What it does now, and which part of it is done, in percent; 0 where that is not known. */
  report(message: string, percentage?: number): void;
  done(): void;
}

/** Shows an experiment in the editor's status, with its cancel button; nothing where the client has no progress. */
export function showProgress(
  connection: Connection,
  title: string,
  cancel: () => Promise<unknown>,
): ProgressDisplay {
  const log = (error: unknown): void =>
    connection.console.warn(logText(`the progress display failed: ${String(error)}`));
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isDone = false;
  let now: { readonly message: string; readonly percentage: number } = { message: '', percentage: 0 };
  const begin = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (isDone) return;
    reporter = created;
    reporter.begin(title, now.percentage, now.message, true);
    reporter.token.onCancellationRequested(() => void cancel().catch(log));
  };
  begin().catch(log);
  return {
    report(message, percentage = 0) {
      now = { message: messageText(message), percentage };
      reporter?.report(percentage, now.message);
    },
    done: () => {
      isDone = true;
      reporter?.done();
    },
  };
}
