import * as vscode from 'vscode';
import type { ExperimentPanel } from '../panels/experiment-panel.ts';

/** Widthwise: Open Panel. Shows the panel again as it was closed, or one that says how to begin. */
export function openPanelCommand(panel: ExperimentPanel): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.openPanel', () => panel.open());
}
