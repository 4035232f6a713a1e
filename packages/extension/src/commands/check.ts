import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Run Convergence Check. */
export function checkCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.check', startFromSettings('check', start, output));
}
