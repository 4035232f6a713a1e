import type * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { ExperimentPanel } from './panels/experiment-panel.ts';
import type { RunLog } from './runs/run-log.ts';
import type { ExperimentStarter } from './start-experiment.ts';

/** A server that dies sooner after this is left to the person: what it was given may be what ends it. */
const SETTLED_MS = 60_000;

/**
 * When the server is gone, the panel says so; when another has come in its place, what was shown is taken up again from
 * what is kept, once.
 */
export function reconnectPanel(
  client: LanguageClient,
  { panel, log, starter }: { panel: ExperimentPanel; log: RunLog; starter: ExperimentStarter },
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  let last = Number.NEGATIVE_INFINITY;
  let stopped = false;
  return client.onDidChangeState(async ({ newState }) => {
    if (newState === State.Stopped) {
      stopped = true;
      panel.lost('The language server stopped; runs that had finished are kept.');
      return;
    }
    if (newState !== State.Running || !stopped) return;
    stopped = false;
    const run = log.find(panel.experimentId);
    const wanted = panel.isOpen && (run?.state === 'running' || run?.state === 'finished');
    const now = performance.now();
    if (!wanted || now - last < SETTLED_MS) return;
    last = now;
    try {
      await starter.resume(run.asked);
    } catch (error) {
      output.error('what was shown could not be taken up again', error);
    }
  });
}
