import type { Progress } from '@widthwise/protocol';
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';

/** One experiment in the editor's own progress display. */
export interface ProgressDisplay {
  report(progress: Progress): void;
  done(): void;
}

/** `Compare Parametrizations` on `digits, 64 samples`. */
export interface ProgressTitle {
  readonly doing: string;
  readonly on: string;
}

/** Shows an experiment in the editor's status, with its cancel button; nothing where the client has no progress. */
export function showProgress(
  connection: Connection,
  { doing, on }: ProgressTitle,
  cancel: () => Promise<unknown>,
): ProgressDisplay {
  const log = (error: unknown): void =>
    connection.console.warn(`the progress display failed: ${String(error)}`);
  let reporter: WorkDoneProgressServerReporter | undefined;
  let isDone = false;
  const begin = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (isDone) return;
    reporter = created;
    reporter.begin(doing, 0, on, true);
    reporter.token.onCancellationRequested(() => void cancel().catch(log));
  };
  begin().catch(log);
  return {
    report: ({ finished, total }) =>
      reporter?.report(Math.floor((100 * finished) / Math.max(1, total)), `${finished}/${total}`),
    done: () => {
      isDone = true;
      reporter?.done();
    },
  };
}
