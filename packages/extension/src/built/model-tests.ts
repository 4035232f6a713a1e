import { basename } from 'node:path';
import type { ModelCheck } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { type Outcome, pathIn } from './check-run.ts';
import type { Follow } from './with-progress.ts';

/** Checks what a factory makes. */
type Check = (factory: vscode.Uri, signal: AbortSignal, follow: Follow) => Promise<Outcome<ModelCheck>>;

/** Files that `widthwise factory` writes. */
const FACTORIES = '**/widthwise_*.py';
const MOST_FACTORIES = 100;

/** An item of the Testing view for each model that has a factory. It trains for a minute: no default run includes it. */
export class ModelTests implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController(
    'widthwise.models',
    'Widthwise: models over widths',
  );
  readonly #watcher = vscode.workspace.createFileSystemWatcher(FACTORIES, false, true, false);
  readonly #check: Check;

  constructor(check: Check) {
    this.#check = check;
    this.#controller.resolveHandler = () => this.#find();
    this.#watcher.onDidCreate((uri) => this.#add(uri));
    this.#watcher.onDidDelete((uri) => this.#controller.items.delete(uri.toString()));
    this.#controller.createRunProfile(
      'Coordinate Check',
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      false,
    );
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#controller.dispose();
  }

  async #find(): Promise<void> {
    const found = await vscode.workspace.findFiles(FACTORIES, undefined, MOST_FACTORIES);
    for (const uri of found) this.#add(uri);
  }

  #add(uri: vscode.Uri): void {
    const item = this.#controller.createTestItem(uri.toString(), basename(uri.fsPath), uri);
    this.#controller.items.add(item);
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const run = this.#controller.createTestRun(request);
    const items = request.include ?? [...this.#controller.items].map(([, item]) => item);
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    for (const item of items) {
      if (stopped.signal.aborted || item.uri === undefined) break;
      run.started(item);
      await this.#tell(run, item, item.uri, stopped.signal);
    }
    run.end();
  }

  async #tell(
    run: vscode.TestRun,
    item: vscode.TestItem,
    uri: vscode.Uri,
    signal: AbortSignal,
  ): Promise<void> {
    if (!vscode.workspace.isTrusted) {
      run.errored(item, new vscode.TestMessage('Nothing of a folder is run in Restricted Mode.'));
      return;
    }
    const outcome = await this.#check(uri, signal, () => undefined);
    if (outcome.kind === 'stopped') run.skipped(item);
    else if (outcome.kind === 'failed') run.errored(item, new vscode.TestMessage(outcome.why));
    else if (outcome.result.verdict === 'fail') run.failed(item, messagesOf(outcome.result, uri));
    else if (outcome.result.verdict === 'undecided') run.errored(item, messagesOf(outcome.result, uri));
    else {
      // A check that warns passes, too.
      run.appendOutput(`${outcome.result.sentence}\r\n`, undefined, item);
      run.passed(item);
    }
  }
}

/** What was found, each beside the line that is blamed. */
function messagesOf({ sentence, table }: ModelCheck, uri: vscode.Uri): vscode.TestMessage[] {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  const places = table.flatMap(({ layer, mending, blamed }) => {
    if (blamed === null || folder === undefined) return [];
    const message = new vscode.TestMessage(mending === '' ? layer : `${layer}: ${mending}`);
    const at = new vscode.Position(Math.max(0, blamed.line - 1), 0);
    message.location = new vscode.Location(vscode.Uri.file(pathIn(folder, blamed.file)), at);
    return [message];
  });
  return [new vscode.TestMessage(sentence), ...places];
}
