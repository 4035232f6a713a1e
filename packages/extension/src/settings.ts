import type { ComparisonConfig } from '@widthwise/protocol';
import * as vscode from 'vscode';

/** Settings that the language server reads; a file of the project may say the same. */
export const ANALYSIS_SETTINGS: readonly string[] = ['profile', 'widths', 'rules', 'exclude'];

/** Settings of the command Compare Parametrizations, named as the fields of its configuration. */
export const COMPARE_SETTINGS: readonly (keyof ComparisonConfig)[] = [
  'data',
  'widths',
  'parametrizations',
  'depth',
  'activation',
  'steps',
  'learningRate',
  'seeds',
];

/**
 * The analysis settings that somebody set. A default of package.json is left out, since it must not win over the
 * project's own widthwise.json or pyproject.toml.
 */
export function explicitSettings(scopeUri: string | undefined): Record<string, unknown> {
  const scope = scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri);
  const settings = vscode.workspace.getConfiguration('widthwise', scope);
  const explicit: Record<string, unknown> = {};
  for (const key of ANALYSIS_SETTINGS) {
    const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect(key) ?? {};
    const value = workspaceFolderValue ?? workspaceValue ?? globalValue;
    if (value !== undefined) explicit[key] = value;
  }
  return explicit;
}

/** What Compare trains, from the settings that hold for a folder. */
export function comparisonSettings(folder: vscode.Uri | undefined): ComparisonConfig {
  const settings = vscode.workspace.getConfiguration('widthwise.compare', folder);
  return Object.fromEntries(COMPARE_SETTINGS.map((key) => [key, settings.get(key)]));
}
