import { ExplainModel, REFUSED } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { type LanguageClient, ResponseError, State } from 'vscode-languageclient/node';
import { EXPLAIN_SCHEME, explainedBy } from './explain-page.ts';
import { plainMarkdown } from './plain-markdown.ts';

/** Typing is over when nothing has come for so long. */
const PAUSE_MS = 250;

/** Provides the pages that explain models. A page is read anew when its file, the settings or the server changes. */
export function provideExplainPages(
  client: LanguageClient,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const pending = new Map<string, NodeJS.Timeout>();
  const readAnew = (concerns: (source: vscode.Uri) => boolean): void => {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== EXPLAIN_SCHEME || !concerns(explainedBy(uri).source)) continue;
      clearTimeout(pending.get(uri.toString()));
      pending.set(
        uri.toString(),
        setTimeout(() => changed.fire(uri), PAUSE_MS),
      );
    }
  };
  return vscode.Disposable.from(
    changed,
    { dispose: () => pending.forEach((timer) => void clearTimeout(timer)) },
    vscode.workspace.registerTextDocumentContentProvider(EXPLAIN_SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: (page) => pageText(page, client, output),
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      readAnew((source) => source.toString() === document.uri.toString()),
    ),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('widthwise')) readAnew(() => true);
    }),
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) readAnew(() => true);
    }),
  );
}

/** What the server says of a model; a model that is gone for now is said to be, and the page goes on following it. */
async function pageText(
  page: vscode.Uri,
  client: LanguageClient,
  output: vscode.LogOutputChannel,
): Promise<string> {
  const { source, className } = explainedBy(page);
  try {
    const { markdown } = await client.sendRequest(ExplainModel, {
      uri: source.toString(),
      ...(className === undefined ? {} : { className }),
    });
    return markdown;
  } catch (error) {
    const refused = error instanceof ResponseError && error.code === REFUSED;
    if (!refused) output.error('a model could not be explained', error);
    const why = refused
      ? plainMarkdown(error.message)
      : 'The language server does not answer. **Widthwise: Restart Server** starts it anew';
    return `# ${plainMarkdown(className ?? 'Widthwise')}\n\n${why}.\n`;
  }
}
