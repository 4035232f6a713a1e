import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { ExtensionApi } from './api.ts';
import { createClient } from './client.ts';
import { compareCommand } from './commands/compare.ts';
import { explainCommand } from './commands/explain.ts';
import { showOutputCommand } from './commands/show-output.ts';
import { ComparisonPanel } from './panels/comparison-panel.ts';

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel('Widthwise', { log: true });
  client = createClient(context, output);
  const panel = new ComparisonPanel(context.extensionUri, client, output);
  context.subscriptions.push(
    output,
    panel,
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped)
        panel.lost('The language server stopped; runs that had finished are kept.');
    }),
    compareCommand(client, panel, output),
    explainCommand(client, output),
    showOutputCommand(output),
  );
  // Not awaited: a server that is slow to start must not hold up the editor.
  const clientReady = client.start();
  clientReady.catch((error: unknown) => reportStartFailure(error, output));
  return { clientReady, comparison: () => panel.readComparison() };
}

export async function deactivate(): Promise<void> {
  // A client whose server never started has nothing to stop, and says so by throwing.
  if (client?.needsStop()) await client.stop();
}

function reportStartFailure(error: unknown, output: vscode.LogOutputChannel): void {
  output.error('the language server did not start', error);
  const openLog = 'Open Log';
  void vscode.window
    .showErrorMessage('Widthwise: the language server did not start.', openLog)
    .then((choice) => choice === openLog && output.show());
}
