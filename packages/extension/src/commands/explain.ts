import { ExplainModel } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { reportFailure } from '../failure.ts';

const SCHEME = 'widthwise-explain';

/** Widthwise: Explain Model. Shows the weight table of the models in a file, rendered, beside the code. */
export function explainCommand(client: LanguageClient, output: vscode.LogOutputChannel): vscode.Disposable {
  const pages = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const explain = async (uri?: unknown, className?: unknown): Promise<void> => {
    const source =
      typeof uri === 'string' ? vscode.Uri.parse(uri) : vscode.window.activeTextEditor?.document.uri;
    if (source === undefined) {
      await vscode.window.showInformationMessage(
        'Widthwise: open a Python file with a model to have it explained.',
      );
      return;
    }
    try {
      const { markdown } = await client.sendRequest(ExplainModel, {
        uri: source.toString(),
        ...(typeof className === 'string' ? { className } : {}),
      });
      const page = pageOf(source, className);
      pages.set(page.toString(), markdown);
      changed.fire(page);
      await vscode.commands.executeCommand('markdown.showPreviewToSide', page);
    } catch (error) {
      await reportFailure(error, output);
    }
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (page) => pages.get(page.toString()) ?? '',
    }),
    vscode.commands.registerCommand('widthwise.explain', explain),
  );
}

/** The page's name is what its tab shows. */
function pageOf(source: vscode.Uri, className: unknown): vscode.Uri {
  const name =
    typeof className === 'string' ? className : source.path.slice(source.path.lastIndexOf('/') + 1);
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name} explained.md`, query: source.toString() });
}
