import * as vscode from 'vscode';
import type { RunLog } from '../runs/run-log.ts';
import type { ExperimentStarter } from '../start-experiment.ts';
import { ExperimentPanel } from './experiment-panel.ts';

const STOPPED =
  'The window was opened anew. What had been computed is kept, and running it again takes it from there.';

/**
 * Brings the panel back after the window was reloaded. The server began anew, too, but has every result on disk: what
 * had finished stands there at once, what was running goes on, and what a person had cancelled stays so.
 */
export function restorePanel(
  panel: ExperimentPanel,
  log: RunLog,
  { resume }: ExperimentStarter,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(ExperimentPanel.viewType, {
    async deserializeWebviewPanel(restored: vscode.WebviewPanel, state: unknown): Promise<void> {
      const left = leftBy(state);
      const last = (log.runs.find(({ experimentId }) => experimentId === left.experimentId) ?? log.runs[0])
        ?.asked;
      const goesOn = last !== undefined && ['running', 'finished'].includes(left.kind);
      // Not awaited: the editor shows the page only once this has returned.
      void panel.restore(restored, async () => {
        if (goesOn) await resume(last);
        else if (last !== undefined) panel.lost(STOPPED);
      });
    },
  });
}

/** The experiment that the page showed, and its state, as it left them. */
function leftBy(state: unknown): { readonly kind: string; readonly experimentId: string } {
  const left = typeof state === 'object' && state !== null ? state : {};
  const text = (name: string): string => {
    const value: unknown = Reflect.get(left, name);
    return typeof value === 'string' ? value : '';
  };
  return { kind: text('experiment'), experimentId: text('experimentId') };
}
