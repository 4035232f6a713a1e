import { FileStatus } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import { DOCUMENTS } from '../client.ts';
import { fileStatusWords } from './file-status-words.ts';

const SHOW_OUTPUT = { title: 'Show Output', command: 'widthwise.showOutput' };
const RESTART = { title: 'Restart Server', command: 'widthwise.restartServer' };

/** Analysis is over when nothing has changed for so long. */
const PAUSE_MS = 300;

/** The language status of Python files: whether the server runs, and what it found in the one that is shown. */
export function statusItem(client: LanguageClient, output: vscode.LogOutputChannel): vscode.Disposable {
  // Without a scheme: in a remote window the workbench has another one for files than the extension.
  const item = vscode.languages.createLanguageStatusItem('widthwise.status', { language: 'python' });
  item.name = 'Widthwise';
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const readFile = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (client.state !== State.Running || document === undefined) return;
    if (vscode.languages.match(DOCUMENTS, document) === 0) return;
    const question = ++asked;
    try {
      const status = await client.sendRequest(FileStatus, { uri: document.uri.toString() });
      if (question === asked) Object.assign(item, fileStatusWords(status));
    } catch (error) {
      // The server may not have been told of the file yet: its diagnostics ask again.
      output.debug(`no status of ${document.uri.path}`, error);
    }
  };
  const readSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void readFile(), PAUSE_MS);
  };
  const showServer = (state: State): void => {
    const runs = state === State.Running;
    item.busy = state === State.Starting;
    item.severity = runs || item.busy ? Severity.Information : Severity.Error;
    item.command = runs || item.busy ? SHOW_OUTPUT : RESTART;
    const words = runs ? 'Widthwise' : item.busy ? 'Widthwise: starting' : 'Widthwise: server stopped';
    Object.assign(item, { text: words, detail: '' });
    if (runs) readSoon();
  };
  showServer(client.state);
  return vscode.Disposable.from(
    item,
    { dispose: () => clearTimeout(timer) },
    client.onDidChangeState(({ newState }) => showServer(newState)),
    vscode.window.onDidChangeActiveTextEditor(readSoon),
    vscode.workspace.onDidChangeTextDocument(readSoon),
    vscode.workspace.onDidChangeConfiguration(readSoon),
    vscode.languages.onDidChangeDiagnostics(readSoon),
  );
}

const Severity = vscode.LanguageStatusSeverity;
