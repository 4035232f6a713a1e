import type { ComparisonConfig } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { ANALYSIS_SETTINGS, COMPARE_SETTINGS } from './setting-names.ts';

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
    const isSet = (workspaceFolderValue ?? workspaceValue ?? globalValue) !== undefined;
    if (isSet) explicit[key] = settings.get(key);
  }
  return explicit;
}

/** What Compare trains, from the settings that hold for a folder. */
export function comparisonSettings(folder: vscode.Uri | undefined): ComparisonConfig {
  const settings = vscode.workspace.getConfiguration('widthwise.compare', folder);
  return Object.fromEntries(COMPARE_SETTINGS.map((key) => [key, settings.get(key)]));
}
