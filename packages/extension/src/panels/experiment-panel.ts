import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import {
  CancelExperiment,
  connectPort,
  type ExperimentId,
  type ExperimentSnapshot,
  HydrateView,
  ReadExperiment,
  ViewLost,
  ViewReady,
} from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { MessageConnection } from 'vscode-jsonrpc';
import type { LanguageClient } from 'vscode-languageclient/node';
import { EXPERIMENTS } from '../experiments.ts';
import type { ServerNotifications } from '../server-notifications.ts';
import { panelHtml } from './html.ts';
import { answerPage, type PageAnswers } from './page-requests.ts';
import { relay, type ServerSide } from './relay.ts';

/** What the panel is made of. */
export interface PanelParts {
  readonly extensionUri: vscode.Uri;
  readonly client: LanguageClient;
  readonly notifications: ServerNotifications;
  readonly output: vscode.LogOutputChannel;
  /** Answers what is asked for outside the page. */
  readonly answers: PageAnswers;
}

/**
 * The experiment beside the code, whichever it is. Its page is thrown away whenever it is hidden; the server keeps the
 * history, and the page is given all of it each time it says that it listens.
 */
export class ExperimentPanel implements vscode.Disposable {
  static readonly viewType = 'widthwise.experiment';

  readonly #parts: PanelParts;
  #experimentId: ExperimentId | null = null;
  #title = 'Widthwise';
  #panel: vscode.WebviewPanel | undefined;
  #view: MessageConnection | undefined;
  /** Whether a page listens: what is posted before is lost. */
  #ready = false;
  #lost: string | undefined;
  /** Whether it is not known yet what the panel is to show. */
  #refilling = false;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  /** Which experiment it shows. */
  get experimentId(): ExperimentId | null {
    return this.#experimentId;
  }

  get isOpen(): boolean {
    return this.#panel !== undefined;
  }

  /** Shows an experiment, in the panel that is open or in a new one. */
  show({ experimentId, experiment }: ExperimentSnapshot): void {
    this.#experimentId = experimentId;
    this.#title = EXPERIMENTS[experiment].title;
    this.#lost = undefined;
    // An editor that is being restored stays blank for good when it is revealed before it is done.
    if (!this.#refilling) this.open();
    if (this.#panel !== undefined) this.#panel.title = this.#title;
    void this.#hydrate();
  }

  /** Shows the panel as it was left, or one that says how to begin. */
  open(): void {
    if (this.#experimentId === null) this.#lost = undefined;
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
      this.#parts.output.error('the experiment could not be brought back', error);
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

  /** Cancels the experiment that is shown; one that has ended stays as it is. */
  async stop(): Promise<void> {
    const experimentId = this.#experimentId;
    if (experimentId === null || this.#lost !== undefined) return;
    await this.#parts.client.sendRequest(CancelExperiment, { experimentId });
  }

  /** What is shown and may run: nothing of a server that is gone does, and another one does not know it. */
  async live(): Promise<ExperimentSnapshot | null> {
    return this.#lost === undefined ? this.read() : null;
  }

  async read(): Promise<ExperimentSnapshot | null> {
    const experimentId = this.#experimentId;
    return experimentId === null ? null : this.#parts.client.sendRequest(ReadExperiment, { experimentId });
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #open(): void {
    const place = { viewColumn: columnBesideCode(), preserveFocus: true };
    this.#attach(vscode.window.createWebviewPanel(ExperimentPanel.viewType, this.#title, place));
  }

  #attach(panel: vscode.WebviewPanel): void {
    const dist = vscode.Uri.joinPath(this.#parts.extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const { WIDTHWISE_PANEL_DRAW: drawing } = env;
    const view = connectPort({
      post: (message) => void webview.postMessage(message),
      listen: (handler) => webview.onDidReceiveMessage(handler),
    });
    const { client, notifications, answers } = this.#parts;
    const server: ServerSide = {
      sendRequest: (...asked) => client.sendRequest(...asked),
      onNotification: (...wanted) => notifications.onNotification(...wanted),
    };
    const carried = relay(view, server, () => this.#ready);
    view.onNotification(ViewReady, () => {
      this.#ready = true;
      void this.#hydrate();
    });
    answerPage(view, answers);
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
      const snapshot = await this.read();
      await this.#view?.sendNotification(HydrateView, { snapshot });
    } catch (error) {
      this.#parts.output.error('the experiment could not be read', error);
      this.#lost ??= 'The language server no longer knows this experiment.';
    }
    if (this.#lost !== undefined) await this.#view?.sendNotification(ViewLost, { reason: this.#lost });
  }
}

/** The second column where there is one, so that code, explanation and panel share two. */
function columnBesideCode(): vscode.ViewColumn {
  return vscode.window.tabGroups.all.length > 1 ? vscode.ViewColumn.Two : vscode.ViewColumn.Beside;
}
