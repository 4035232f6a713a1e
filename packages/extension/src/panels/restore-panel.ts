import * as vscode from 'vscode';
import type { LastExperiments } from '../last-experiment.ts';
import type { StartExperimentHere } from '../start-experiment.ts';
import { ExperimentPanel } from './experiment-panel.ts';

const STOPPED =
  'The window was opened anew. What had been computed is kept, and running it again takes it from there.';

/**
 * Brings the panel back after the window was reloaded. The server began anew, too, but has every result on disk: what
 * had finished stands there at once, what was running goes on, and what a person had cancelled stays so.
 */
export function restorePanel(
  panel: ExperimentPanel,
  memory: LastExperiments,
  start: StartExperimentHere,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(ExperimentPanel.viewType, {
    async deserializeWebviewPanel(restored: vscode.WebviewPanel, state: unknown): Promise<void> {
      const { last } = memory;
      const goesOn = last !== undefined && ['running', 'finished'].includes(kindOf(state));
      // Not awaited: the editor shows the page only once this has returned.
      void panel.restore(restored, async () => {
        if (goesOn) await start(last);
        else if (last !== undefined) panel.lost(STOPPED);
      });
    },
  });
}

/** The state of the experiment that the page showed, as it left it. */
function kindOf(state: unknown): string {
  const isRecord = typeof state === 'object' && state !== null;
  return isRecord && 'experiment' in state ? String(state.experiment) : '';
}
