import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Check Learning-Rate Transfer. */
export function transferCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.transfer', startFromSettings('transfer', start, output));
}
