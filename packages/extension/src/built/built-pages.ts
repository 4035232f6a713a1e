import * as vscode from 'vscode';

const SCHEME = 'widthwise-built';

/** Pages with what was read of built models, as the command line prints it. */
export class BuiltPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange: vscode.Event<vscode.Uri> = this.#changed.event;
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  provideTextDocumentContent(page: vscode.Uri): string {
    return (
      this.#texts.get(page.path) ??
      'This page was of another window: run Widthwise: Explain Built Model again.\n'
    );
  }

  /** Shows a text beside the code, in place of what was there under its name. */
  async show(name: string, text: string): Promise<void> {
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.txt` });
    this.#texts.set(page.path, text);
    this.#changed.fire(page);
    const document = await vscode.workspace.openTextDocument(page);
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
