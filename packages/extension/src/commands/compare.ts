import * as vscode from 'vscode';
import type { ExperimentStarter } from '../start-experiment.ts';
import { startFromSettings } from '../start-from-settings.ts';

/** Widthwise: Compare Parametrizations; above a model, of the network that stands for it. */
export function compareCommand(
  start: ExperimentStarter['start'],
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const compare = startFromSettings('compare', start, output);
  return vscode.commands.registerCommand('widthwise.compare', async (first?: unknown, model?: unknown) => {
    if (typeof first !== 'string' || typeof model !== 'string') return compare(first);
    await compare({ from: `${await savedPath(vscode.Uri.parse(first))}:${model}` });
  });
}

/** Where its text is read: what stands in the editor is saved first, as whoever runs it from there does. */
async function savedPath(uri: vscode.Uri): Promise<string> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  if (document?.isDirty === true) await document.save();
  return vscode.workspace.asRelativePath(uri, false);
}
