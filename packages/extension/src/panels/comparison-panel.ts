import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import {
  CancelComparison,
  CompareAgain,
  type ComparisonId,
  type ComparisonSnapshot,
  connectPort,
  HydrateView,
  ReadComparison,
  ViewLost,
  ViewReady,
} from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { MessageConnection } from 'vscode-jsonrpc';
import type { LanguageClient } from 'vscode-languageclient/node';
import { panelHtml } from './html.ts';
import { relay } from './relay.ts';

/**
 * The comparison beside the code. Its page is thrown away whenever it is hidden; the server keeps the history, and the
 * page is given all of it each time it says that it listens.
 */
export class ComparisonPanel implements vscode.Disposable {
  static readonly viewType = 'widthwise.comparison';

  readonly #extensionUri: vscode.Uri;
  readonly #client: LanguageClient;
  readonly #output: vscode.LogOutputChannel;
  #comparisonId: ComparisonId | null = null;
  #panel: vscode.WebviewPanel | undefined;
  #view: MessageConnection | undefined;
  /** Whether a page listens: what is posted before is lost. */
  #ready = false;
  #lost: string | undefined;
  /** Whether it is not known yet what the panel is to show. */
  #refilling = false;

  constructor(extensionUri: vscode.Uri, client: LanguageClient, output: vscode.LogOutputChannel) {
    this.#extensionUri = extensionUri;
    this.#client = client;
    this.#output = output;
  }

  /** Shows a comparison that has just started, in the panel that is open or in a new one. */
  show({ comparisonId }: ComparisonSnapshot): void {
    this.#comparisonId = comparisonId;
    this.#lost = undefined;
    // An editor that is being restored stays blank for good when it is revealed before it is done.
    if (!this.#refilling) this.open();
    void this.#hydrate();
  }

  /** Shows the panel as it was left, or one that says how to begin. */
  open(): void {
    if (this.#comparisonId === null) this.#lost = undefined;
    if (this.#panel === undefined) this.#open();
    else this.#panel.reveal(undefined, true);
  }

  /**
   * Takes over a panel that the editor brought back, and says nothing in it until it is known what to show.
   *
   * @param refill finds it out; what it rejects with is said in the panel
   */
  async restore(panel: vscode.WebviewPanel, refill: () => Promise<void>): Promise<void> {
    this.#panel?.dispose();
    this.#refilling = true;
    this.#attach(panel);
    try {
      await refill();
    } catch (error) {
      this.#output.error('the comparison could not be brought back', error);
      this.lost(`It could not be brought back: ${error instanceof Error ? error.message : error}.`);
    } finally {
      this.#refilling = false;
      await this.#hydrate();
    }
  }

  /** Says in the view why nothing more will come. */
  lost(reason: string): void {
    this.#lost = reason;
    if (this.#ready) void this.#view?.sendNotification(ViewLost, { reason });
  }

  /** Cancels the comparison that is shown; one that has ended stays as it is. */
  async stop(): Promise<void> {
    const comparisonId = this.#comparisonId;
    if (comparisonId === null || this.#lost !== undefined) return;
    await this.#client.sendRequest(CancelComparison, { comparisonId });
  }

  async readComparison(): Promise<ComparisonSnapshot | null> {
    const comparisonId = this.#comparisonId;
    return comparisonId === null ? null : this.#client.sendRequest(ReadComparison, { comparisonId });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    const place = { viewColumn: columnBesideCode(), preserveFocus: true };
    this.#attach(
      vscode.window.createWebviewPanel(ComparisonPanel.viewType, 'Compare Parametrizations', place),
    );
  }

  #attach(panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const { WIDTHWISE_PANEL_DRAW: drawing } = env;
    const view = connectPort({
      post: (message) => void webview.postMessage(message),
      listen: (handler) => webview.onDidReceiveMessage(handler),
    });
    const carried = relay(view, this.#client, () => this.#ready);
    view.onNotification(ViewReady, () => {
      this.#ready = true;
      void this.#hydrate();
    });
    view.onNotification(CompareAgain, () => void vscode.commands.executeCommand('widthwise.compare'));
    view.listen();
    panel.onDidChangeViewState(() => {
      if (this.#panel === panel && !panel.visible) this.#ready = false;
    });
    panel.onDidDispose(() => {
      carried.dispose();
      view.dispose();
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#view = undefined;
      this.#ready = false;
    });
    this.#panel = panel;
    this.#view = view;
    webview.html = panelHtml({
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.js')).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'webview.css')).toString(),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      draw: drawing !== 'off',
    });
  }

  async #hydrate(): Promise<void> {
    if (!this.#ready || this.#refilling) return;
    try {
      const comparison = await this.readComparison();
      await this.#view?.sendNotification(HydrateView, { comparison });
    } catch (error) {
      this.#output.error('the comparison could not be read', error);
      this.#lost ??= 'The language server no longer knows this comparison.';
    }
    if (this.#lost !== undefined) await this.#view?.sendNotification(ViewLost, { reason: this.#lost });
  }
}

/** The second column where there is one, so that code, explanation and panel share two. */
function columnBesideCode(): vscode.ViewColumn {
  return vscode.window.tabGroups.all.length > 1 ? vscode.ViewColumn.Two : vscode.ViewColumn.Beside;
}
