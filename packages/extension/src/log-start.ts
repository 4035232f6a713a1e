import * as vscode from 'vscode';
import { settingsInForce } from './settings.ts';

/** Begins the log with what a report of a problem needs: versions, the server, and the settings in force. */
export function logStart(
  { extension }: vscode.ExtensionContext,
  server: string,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const { version }: { readonly version: string } = extension.packageJSON;
  output.info(`Widthwise ${version}, VS Code ${vscode.version}, server ${server}, ${settingsText()}`);
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('widthwise')) output.info(settingsText());
  });
}

function settingsText(): string {
  const settings = settingsInForce();
  return settings.length === 0 ? 'settings: defaults' : `settings: ${settings.join(', ')}`;
}
