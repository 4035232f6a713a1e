import { ExplainModel, REFUSED } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { type LanguageClient, ResponseError } from 'vscode-languageclient/node';
import { pageOf } from '../explain/explain-page.ts';
import { reportFailure } from '../failure.ts';

/** Widthwise: Explain Model. Shows what was understood of the models in a file, rendered, beside the code. */
export function explainCommand(client: LanguageClient, output: vscode.LogOutputChannel): vscode.Disposable {
  const explain = async (uri?: unknown, model?: unknown): Promise<void> => {
    const source =
      typeof uri === 'string' ? vscode.Uri.parse(uri) : vscode.window.activeTextEditor?.document.uri;
    if (source === undefined) {
      await vscode.window.showInformationMessage(
        'Widthwise: open a Python file with a model to have it explained.',
      );
      return;
    }
    const className = typeof model === 'string' ? model : undefined;
    try {
      // Asked once before, so that a file without a model opens no page.
      await client.sendRequest(ExplainModel, {
        uri: source.toString(),
        ...(className === undefined ? {} : { className }),
      });
      await focusCode(source);
      await vscode.commands.executeCommand('markdown.showPreviewToSide', pageOf({ source, className }));
    } catch (error) {
      await sayWhyNot(error, output);
    }
  };
  return vscode.commands.registerCommand('widthwise.explain', explain);
}

/** The page opens beside what has the focus: beside the code, then, and not beside another page. */
async function focusCode(source: vscode.Uri): Promise<void> {
  // A cell stands in its notebook, which has the focus.
  if (source.scheme === 'vscode-notebook-cell') return;
  const editor = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === source.toString(),
  );
  if (editor !== undefined) await vscode.window.showTextDocument(editor.document, editor.viewColumn);
}

/** That a file has no model is no failure. */
async function sayWhyNot(error: unknown, output: vscode.LogOutputChannel): Promise<void> {
  if (error instanceof ResponseError && error.code === REFUSED) {
    await vscode.window.showInformationMessage(`Widthwise: ${error.message}.`);
  } else await reportFailure(error, output);
}
