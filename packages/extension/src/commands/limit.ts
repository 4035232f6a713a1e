import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Compare with the Infinite-Width Limit. */
export function limitCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.limit', startFromSettings('limit', start, output));
}
