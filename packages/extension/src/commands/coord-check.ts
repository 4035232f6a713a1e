import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Run Coordinate Check. */
export function coordCheckCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const handler = startFromSettings('coord-check', start, output);
  return vscode.commands.registerCommand('widthwise.coordCheck', handler);
}
