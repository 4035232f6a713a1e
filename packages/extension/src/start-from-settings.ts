import type { ExperimentConfig, ExperimentName } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { EXPERIMENTS } from './experiments.ts';
import { reportFailure } from './failure.ts';
import { experimentSettings } from './settings.ts';
import type { ExperimentStarter } from './start-experiment.ts';

/**
 * The handler of an experiment's command: starts what the settings say and shows it beside the code; a caller may pass a
 * configuration that goes before them.
 */
export function startFromSettings(
  experiment: ExperimentName,
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): (config?: unknown) => Promise<void> {
  const { section } = EXPERIMENTS[experiment];
  return async (config) => {
    const folder = folderInUse();
    try {
      await start({
        experiment,
        config: { ...experimentSettings(section, folder), ...asConfig(config) },
        ...(folder === undefined ? {} : { folder: folder.toString() }),
      });
    } catch (error) {
      await reportFailure(error, output, { action: 'Open Settings', run: () => openSettings(section) });
    }
  };
}

/** A lens or a key binding passes arguments of its own: what is no configuration counts for nothing. */
function asConfig(argument: unknown): ExperimentConfig {
  const isRecord = typeof argument === 'object' && argument !== null && !Array.isArray(argument);
  // SAFETY: whether its values can be trained is checked by the server, one by one.
  return isRecord && !(argument instanceof vscode.Uri) ? (argument as ExperimentConfig) : {};
}

function folderInUse(): vscode.Uri | undefined {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
  return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri;
}

async function openSettings(section: string): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', `widthwise.${section}`);
}
