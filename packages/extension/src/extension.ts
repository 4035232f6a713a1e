import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { ExtensionApi } from './api.ts';
import { createClient, serverModule } from './client.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { coordCheckCommand } from './commands/coord-check.ts';
import { explainCommand } from './commands/explain.ts';
import { openPanelCommand } from './commands/open-panel.ts';
import { restartServerCommand } from './commands/restart-server.ts';
import { showOutputCommand } from './commands/show-output.ts';
import { provideExplainPages } from './explain/explain-pages.ts';
import { LastExperiments } from './last-experiment.ts';
import { logStart } from './log-start.ts';
import { ExperimentPanel } from './panels/experiment-panel.ts';
import { restorePanel } from './panels/restore-panel.ts';
import { startExperiment } from './start-experiment.ts';
import { statusItem } from './status/status-item.ts';

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel('Widthwise', { log: true });
  client = createClient(context, output);
  const panel = new ExperimentPanel(context.extensionUri, client, output);
  const memory = new LastExperiments(context.workspaceState);
  const start = startExperiment({ client, panel, memory, output });
  context.subscriptions.push(
    output,
    logStart(context, serverModule(context), output),
    panel,
    restorePanel(panel, memory, start),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped)
        panel.lost('The language server stopped; runs that had finished are kept.');
    }),
    statusItem(client, output),
    provideExplainPages(client, output),
    compareCommand(start, output),
    checkCommand(start, output),
    coordCheckCommand(start, output),
    openPanelCommand(panel),
    explainCommand(client, output),
    restartServerCommand(client, output),
    showOutputCommand(output),
  );
  // Not awaited: a server that is slow to start must not hold up the editor.
  const clientReady = client.start();
  clientReady.catch((error: unknown) => reportStartFailure(error, output));
  return { clientReady, experiment: () => panel.read() };
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
