import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Compare Parametrizations. */
export function compareCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.compare', startFromSettings('compare', start, output));
}
