import type { ExperimentConfig } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { EXPERIMENTS } from './experiments.ts';
import { ANALYSIS_SETTINGS, SWITCHES } from './setting-names.ts';

/**
 * The analysis settings that somebody set. A default of package.json is left out, since it must not win over the
 * project's own widthwise.json or pyproject.toml.
 */
export function explicitSettings(scopeUri: string | undefined): Record<string, unknown> {
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  const settings = vscode.workspace.getConfiguration('widthwise', scope);
  const explicit: Record<string, unknown> = {};
  for (const key of ANALYSIS_SETTINGS) {
    if (isSet(settings, key)) explicit[key] = settings.get(key);
  }
  return explicit;
}

/** What an experiment is to be run with, from the settings that hold for a folder. */
export function experimentSettings(section: string, folder: vscode.Uri | undefined): ExperimentConfig {
  return vscode.workspace.getConfiguration('widthwise', folder).get<ExperimentConfig>(section) ?? {};
}

/** Whether lenses, hovers or inlay hints are wanted in a document, and findings of files that are not open. */
export function isEnabled(
  feature: (typeof SWITCHES)[number],
  document: vscode.TextDocument | undefined,
): boolean {
  return vscode.workspace.getConfiguration('widthwise', document).get(`${feature}.enabled`) !== false;
}

/** Every setting that somebody set, for the log: `profile = "mup"`. */
export function settingsInForce(): readonly string[] {
  const settings = vscode.workspace.getConfiguration('widthwise');
  const names = [
    ...ANALYSIS_SETTINGS,
    ...SWITCHES.map((name) => `${name}.enabled`),
    ...Object.values(EXPERIMENTS).flatMap(({ section }) =>
      Object.keys(experimentSettings(section, undefined)).map((name) => `${section}.${name}`),
    ),
  ];
  return names.flatMap((name) =>
    isSet(settings, name) ? [`${name} = ${JSON.stringify(settings.get(name))}`] : [],
  );
}

function isSet(settings: vscode.WorkspaceConfiguration, name: string): boolean {
  const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect(name) ?? {};
  return (workspaceFolderValue ?? workspaceValue ?? globalValue) !== undefined;
}
