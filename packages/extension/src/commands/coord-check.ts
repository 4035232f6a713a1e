import * as vscode from 'vscode';
import type { StartExperimentHere } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Run Coordinate Check. */
export function coordCheckCommand(
  start: StartExperimentHere,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const handler = startFromSettings('coord-check', start, output);
  return vscode.commands.registerCommand('widthwise.coordCheck', handler);
}
