import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { ExtensionApi } from './api.ts';
import { createClient, serverModule } from './client.ts';
import { checkCommand } from './commands/check.ts';
import { checkModelCommand } from './commands/check-model.ts';
import { compareCommand } from './commands/compare.ts';
import { coordCheckCommand } from './commands/coord-check.ts';
import { explainCommand } from './commands/explain.ts';
import { explainBuiltCommand } from './commands/explain-built.ts';
import { limitCommand } from './commands/limit.ts';
import { openPanelCommand } from './commands/open-panel.ts';
import { restartServerCommand } from './commands/restart-server.ts';
import { showOutputCommand } from './commands/show-output.ts';
import { transferCommand } from './commands/transfer.ts';
import { provideExplainPages } from './explain/explain-pages.ts';
import { reportFailure } from './failure.ts';
import { findingsView } from './findings/findings-view.ts';
import { logStart } from './log-start.ts';
import { ExperimentPanel } from './panels/experiment-panel.ts';
import { openReport } from './panels/report-page.ts';
import { restorePanel } from './panels/restore-panel.ts';
import { reconnectPanel } from './reconnect.ts';
import { type LoggedRun, RunLog } from './runs/run-log.ts';
import { runsView } from './runs/runs-view.ts';
import { ServerNotifications } from './server-notifications.ts';
import { experimentStarter } from './start-experiment.ts';
import { statusItem } from './status/status-item.ts';
import { languageModelTools } from './tools/language-model-tools.ts';

let client: LanguageClient | undefined;

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const output = vscode.window.createOutputChannel('Widthwise', { log: true });
  client = createClient(context, output);
  const server = serverModule(context);
  const log = new RunLog(context.workspaceState);
  const notifications = new ServerNotifications(client);
  const panel = openablePanel({ context, client, notifications, log, output });
  const starter = experimentStarter({ client, panel, log, output });
  const { start } = starter;
  context.subscriptions.push(
    output,
    logStart(context, server, output),
    panel,
    restorePanel(panel, log, starter),
    reconnectPanel(client, { panel, log, starter }, output),
    findingsView(),
    languageModelTools(context, server),
    runsView({ client, notifications, log, panel, starter, output }),
    statusItem(client, output),
    provideExplainPages(client, output),
    compareCommand(start, output),
    checkCommand(start, output),
    coordCheckCommand(start, output),
    transferCommand(start, output),
    limitCommand(start, output),
    openPanelCommand(panel),
    explainCommand(client, output),
    explainBuiltCommand(server, output),
    checkModelCommand({ server, extension: context.extensionUri, output }),
    restartServerCommand(client, output),
    showOutputCommand(output),
  );
  // Not awaited: a server that is slow to start must not hold up the editor.
  const clientReady = client.start();
  clientReady.catch((error: unknown) => reportStartFailure(error, output));
  return { clientReady, experiment: () => panel.read() };
}

interface PanelNeeds {
  readonly context: vscode.ExtensionContext;
  readonly client: LanguageClient;
  readonly notifications: ServerNotifications;
  readonly log: RunLog;
  readonly output: vscode.LogOutputChannel;
}

/** The panel, with what its buttons do outside it. */
function openablePanel({ context, client, notifications, log, output }: PanelNeeds): ExperimentPanel {
  const { extensionUri } = context;
  const maker = { server: serverModule(context), storage: context.storageUri ?? context.globalStorageUri };
  const shown = (): LoggedRun | undefined => log.find(panel.experimentId);
  const answers = {
    shown,
    output,
    openReport: async () => {
      try {
        const snapshot = await panel.read();
        if (snapshot === null) return;
        const folder = shown()?.asked.folder;
        await openReport(snapshot, folder === undefined ? undefined : vscode.Uri.parse(folder), maker);
      } catch (error) {
        await reportFailure(error, output);
      }
    },
  };
  const panel = new ExperimentPanel({ extensionUri, client, notifications, output, answers });
  return panel;
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
