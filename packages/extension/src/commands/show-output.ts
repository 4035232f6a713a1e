import * as vscode from 'vscode';

/** Widthwise: Show Output. */
export function showOutputCommand(output: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.showOutput', () => output.show());
}
