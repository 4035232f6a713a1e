import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import { Agreement, type Asked, BOUNDS, whyNotRun } from '../built/agreement.ts';
import { BuiltPages } from '../built/built-pages.ts';
import { type Factory, factoriesOf } from '../built/factories.ts';
import { type ChosenPython, chosenPython, pythonFlags, pythonName } from '../built/interpreter.ts';
import { withProgress } from '../built/with-progress.ts';
import { runCommand } from '../command-line.ts';
import { reportFailure } from '../failure.ts';

/**
 * Widthwise: Explain Built Model. Runs a function of the active file that builds a model, once a person has agreed to
 * that, and shows what every parameter starts with and what a step really does to it.
 */
export function explainBuiltCommand(server: string, output: vscode.LogOutputChannel): vscode.Disposable {
  const pages = new BuiltPages();
  const agreement = new Agreement();
  const explain = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    const why = whyNotRun(document);
    if (document === undefined || why !== null) {
      await vscode.window.showInformationMessage(`Widthwise: ${why}`);
      return;
    }
    const factory = await pickFactory(document);
    if (factory === undefined) return;
    const python = await chosenPython(document.uri);
    const target = `${document.uri.fsPath}:${factory.name}`;
    if (!(await agreement.to(askedOf(document, { factory, python, target })))) return;
    // What is run is the file.
    if (document.isDirty) await document.save();
    const args = ['explain', '--python', target, ...pythonFlags(python)];
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
function askedOf(
  document: vscode.TextDocument,
  {
    factory: { name },
    python,
    target,
  }: { readonly factory: Factory; readonly python: ChosenPython; readonly target: string },
): Asked {
  const file = basename(document.uri.fsPath);
  return {
    target,
    question: `Run ${name} of ${file}?`,
    detail: `${pythonName(python)} imports ${file} and calls ${name}(64), ${name}(128) and ${name}(256), ${BOUNDS} One step of the optimizer is taken with made-up gradients; nothing is trained.`,
  };
}
