import type { ComparisonConfig } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { reportFailure } from '../failure.ts';
import { comparisonSettings } from '../settings.ts';
import type { StartComparing } from '../start-comparing.ts';

/**
 * Widthwise: Compare Parametrizations. Trains what the settings say and shows it beside the code; a caller may pass a
 * configuration that goes before them. One comparison at a time: the one before is cancelled, and keeps what it has.
 */
export function compareCommand(start: StartComparing, output: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand('widthwise.compare', async (config?: unknown) => {
    const folder = folderInUse();
    try {
      await start({
        config: { ...comparisonSettings(folder), ...asConfig(config) },
        ...(folder === undefined ? {} : { folder: folder.toString() }),
      });
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
