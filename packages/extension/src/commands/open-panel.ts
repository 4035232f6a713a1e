import * as vscode from 'vscode';
import type { ComparisonPanel } from '../panels/comparison-panel.ts';

/** Widthwise: Open Panel. Shows the panel again as it was closed, or one that says how to begin. */
export function openPanelCommand(panel: ComparisonPanel): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.openPanel', () => panel.open());
}
