import { type ComparisonConfig, StartComparison } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { reportFailure } from '../failure.ts';
import { inTurn } from '../in-turn.ts';
import type { ComparisonPanel } from '../panels/comparison-panel.ts';
import { comparisonSettings } from '../settings.ts';

/**
 * Widthwise: Compare Parametrizations. Trains what the settings say and shows it beside the code; a caller may pass a
 * configuration that goes before them. One comparison at a time: the one before is cancelled, and keeps what it has.
 */
export function compareCommand(
  client: LanguageClient,
  panel: ComparisonPanel,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  // A second call, from a double click say, finds the comparison of the first and can cancel it.
  const start = inTurn(async (config: unknown) => {
    const folder = folderInUse();
    await panel.stop();
    const snapshot = await client.sendRequest(StartComparison, {
      config: { ...comparisonSettings(folder), ...asConfig(config) },
      ...(folder === undefined ? {} : { folder: folder.toString() }),
    });
    const { data, widths } = snapshot.plan;
    output.info(`comparing on ${data} at widths ${widths.join(', ')}: ${snapshot.runs.length} runs`);
    panel.show(snapshot);
  });
  return vscode.commands.registerCommand('widthwise.compare', async (config?: unknown) => {
    try {
      await start(config);
    } catch (error) {
      await reportFailure(error, output, { action: 'Open Settings', run: openSettings });
    }
  });
}

/** A lens or a key binding passes arguments of its own: what is no configuration counts for nothing. */
function asConfig(argument: unknown): ComparisonConfig {
  const isRecord = typeof argument === 'object' && argument !== null && !Array.isArray(argument);
  return isRecord && !(argument instanceof vscode.Uri) ? argument : {};
}

function folderInUse(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'widthwise.compare');
}
