import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { BuiltPages } from '../built/built-pages.ts';
import { type Factory, factoriesOf } from '../built/factories.ts';
import { chosenInterpreter } from '../built/interpreter.ts';
import { runCommand } from '../command-line.ts';
import { reportFailure } from '../failure.ts';

const RUN = 'Run It';

/**
 * Widthwise: Explain Built Model. Runs a function of the active file that builds a model, once a person has agreed to
 * that, and shows what every parameter starts with and what a step really does to it.
 */
export function explainBuiltCommand(server: string, output: vscode.LogOutputChannel): vscode.Disposable {
  const pages = new BuiltPages();
  const agreed = new Set<string>();
  const explain = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    const why = whyNot(document);
    if (document === undefined || why !== null) {
      await vscode.window.showInformationMessage(`Widthwise: ${why}`);
      return;
    }
    const factory = await pickFactory(document);
    if (factory === undefined) return;
    const interpreter = await chosenInterpreter(document.uri);
    const target = `${document.uri.fsPath}:${factory.name}`;
    if (!agreed.has(target) && !(await agrees(document, factory, interpreter))) return;
    agreed.add(target);
    // What is run is the file.
    if (document.isDirty) await document.save();
    const chosen = interpreter === null ? [] : ['--interpreter', interpreter];
    const args = ['explain', '--python', target, ...chosen];
    const cwd = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath ?? dirname(document.uri.fsPath);
    const { code, stdout, stderr } = await withProgress(`building ${factory.name}`, (signal) =>
      runCommand({ server, args, cwd, signal }),
    );
    // Cancelled, and they know.
    if (code === null) return;
    const text = [stdout, stderr].filter((part) => part.trim() !== '').join('\n');
    await pages.show(`${factory.name} of ${basename(document.uri.fsPath)}, as built`, text);
  };
  return vscode.Disposable.from(
    pages,
    vscode.commands.registerCommand('widthwise.explainBuilt', async () => {
      try {
        await explain();
      } catch (error) {
        await reportFailure(error, output);
      }
    }),
  );
}

/** A sentence where nothing can be run. */
function whyNot(document: vscode.TextDocument | undefined): string | null {
  if (document?.languageId !== 'python' || document.uri.scheme !== 'file')
    return 'open a Python file on disk with a function that builds your model from its width.';
  if (!vscode.workspace.isTrusted) return 'nothing of a folder is run in Restricted Mode: trust it first.';
  return null;
}

async function pickFactory(document: vscode.TextDocument): Promise<Factory | undefined> {
  const factories = factoriesOf(document.getText());
  if (factories.length === 0) {
    const file = basename(document.uri.fsPath);
    await vscode.window.showInformationMessage(
      `Widthwise: ${file} has no function that takes a width. One line makes one: def make(width): return Model(width).`,
    );
    return undefined;
  }
  const items = factories.map((factory) => ({
    label: `${factory.name}(${factory.parameter})`,
    description: `line ${factory.line}`,
    factory,
  }));
  const title = 'Which function builds the model (or model, loss, batch, optimizer) from its width?';
  return (await vscode.window.showQuickPick(items, { title }))?.factory;
}

/** Says what will be run, by what, and within which bounds; asked once a window for each function. */
async function agrees(
  document: vscode.TextDocument,
  { name }: Factory,
  interpreter: string | null,
): Promise<boolean> {
  const python = interpreter ?? 'The Python of the nearest virtual environment';
  const detail = `${python} imports ${basename(document.uri.fsPath)} and calls ${name}(64), ${name}(128) and ${name}(256), in a process of its own that has limits of time and memory and is refused the network. One step of the optimizer is taken with made-up gradients; nothing is trained. It is your code: what ${name} reads or writes, it reads and writes.`;
  const choice = await vscode.window.showInformationMessage(
    `Run ${name} of ${basename(document.uri.fsPath)}?`,
    { modal: true, detail },
    RUN,
  );
  return choice === RUN;
}

function withProgress<Result>(what: string, run: (signal: AbortSignal) => Promise<Result>): Thenable<Result> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Widthwise: ${what}`, cancellable: true },
    (_progress, token) => {
      const stopped = new AbortController();
      token.onCancellationRequested(() => stopped.abort());
      return run(stopped.signal);
    },
  );
}
