import * as vscode from 'vscode';
import type { LastComparisons } from '../last-comparison.ts';
import type { StartComparing } from '../start-comparing.ts';
import { ComparisonPanel } from './comparison-panel.ts';

const STOPPED =
  'The window was opened anew. What had been computed is kept, and comparing again takes it from there.';

/**
 * Brings the panel back after the window was reloaded. The server began anew, too, but has every result on disk: what
 * had finished stands there at once, what was running goes on, and what a person had cancelled stays so.
 */
export function restorePanel(
  panel: ComparisonPanel,
  memory: LastComparisons,
  start: StartComparing,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(ComparisonPanel.viewType, {
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

/** The state of the comparison that the page showed, as it left it. */
function kindOf(state: unknown): string {
  const isRecord = typeof state === 'object' && state !== null;
  return isRecord && 'comparison' in state ? String(state.comparison) : '';
}
