import { randomBytes } from 'node:crypto';
import type { CodePlace, ModelCheck, ModelCheckAsk, ModelCheckPageMessage } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { panelHtml } from '../panels/html.ts';
import { pathIn } from './check-run.ts';

/** A check, and the folder that its paths begin in. */
export interface ShownCheck {
  readonly check: ModelCheck;
  readonly cwd: string;
}

/** A model that was checked, beside its code: a press goes to a line, and the cursor's line marks its row. */
export class CheckPage implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #cursor: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  #shown: ShownCheck | undefined;

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
    this.#cursor = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#mark(textEditor));
  }

  /** Shows a check in the page that is open, or in a new one. */
  show(shown: ShownCheck): void {
    this.#shown = shown;
    const title = `Check: ${shown.check.model}`;
    if (this.#panel === undefined) this.#open(title);
    else this.#panel.reveal(undefined, true);
    if (this.#panel !== undefined) this.#panel.title = title;
    this.#post({ kind: 'check', check: shown.check });
  }

  dispose(): void {
    this.#cursor.dispose();
    this.#panel?.dispose();
  }

  #open(title: string): void {
    const dist = vscode.Uri.joinPath(this.#extension, 'dist');
    const panel = vscode.window.createWebviewPanel(
      'widthwise.modelCheck',
      title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [dist] },
    );
    const { webview } = panel;
    webview.onDidReceiveMessage((asked: ModelCheckAsk) => {
      if (asked.kind === 'go') void this.#go(asked.to);
      else if (this.#shown !== undefined) this.#post({ kind: 'check', check: this.#shown.check });
    });
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
    this.#panel = panel;
    webview.html = panelHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'model-check.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      draw: true,
    });
  }

  #post(message: ModelCheckPageMessage): void {
    void this.#panel?.webview.postMessage(message);
  }

  async #go({ file, line }: CodePlace): Promise<void> {
    if (this.#shown === undefined) return;
    const at = new vscode.Position(Math.max(0, line - 1), 0);
    const column = this.#panel?.viewColumn === vscode.ViewColumn.One ? 2 : 1;
    try {
      await vscode.window.showTextDocument(vscode.Uri.file(pathIn(this.#shown.cwd, file)), {
        viewColumn: column,
        selection: new vscode.Range(at, at),
      });
    } catch {
      // A file that is gone since: what was measured of it still stands.
      await vscode.window.showInformationMessage(`Widthwise: ${file} cannot be opened.`);
    }
  }

  /** Tells the page on which line of the code somebody is. */
  #mark({ document, selection }: vscode.TextEditor): void {
    if (this.#panel === undefined || this.#shown === undefined || document.languageId !== 'python') return;
    const { check, cwd } = this.#shown;
    const files = check.table.flatMap(({ code, blamed }) => [code?.file ?? [], blamed?.file ?? []].flat());
    const file = files.find((one) => pathIn(cwd, one) === document.uri.fsPath);
    const at = file === undefined ? null : { file, line: selection.active.line + 1 };
    this.#post({ kind: 'cursor', at });
  }
}
