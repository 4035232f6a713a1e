import { basename, dirname } from 'node:path';
import type { ModelCheck } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { Agreement, BOUNDS, whyNotRun } from '../built/agreement.ts';
import { CheckPage } from '../built/check-page.ts';
import { type CheckRun, checkOf, factoryOf, type Outcome } from '../built/check-run.ts';
import { type Chain, factoryDraft } from '../built/factory-draft.ts';
import { type ChosenPython, chosenPython, pythonName } from '../built/interpreter.ts';
import { ModelTests } from '../built/model-tests.ts';
import { withProgress } from '../built/with-progress.ts';
import { reportFailure } from '../failure.ts';

/** What checking a model needs of the editor. */
interface Needs {
  readonly server: string;
  readonly extension: vscode.Uri;
  readonly output: vscode.LogOutputChannel;
}

/**
 * Widthwise: Check This Model. From a class to a verdict on it: writes the function that builds it where there is none,
 * trains what that makes at some widths, and shows what was found beside the code.
 */
export function checkModelCommand({ server, extension, output }: Needs): vscode.Disposable {
  const page = new CheckPage(extension);
  const agreement = new Agreement();
  const tests = new ModelTests(async (factory, signal, follow) => {
    const python = await chosenPython(factory);
    const cwd = folderOf(factory);
    if (!(await agreement.to(askedOf(factory, null, python)))) return { kind: 'stopped' };
    const mostSeeds = mostSeedsOf(factory);
    const outcome = await checkOf(`${factory.fsPath}:make`, {
      server,
      python,
      mostSeeds,
      cwd,
      signal,
      follow,
    });
    if (outcome.kind === 'done') page.show({ check: outcome.result, cwd });
    return outcome;
  });
  const check = async (uri: unknown, className: unknown, chain: unknown): Promise<void> => {
    const document = await documentOf(uri);
    if (document !== undefined && isChain(chain)) {
      await beginFactory({ file: document.uri.fsPath, ...chain });
      return;
    }
    const why = whyNotRun(document);
    if (document === undefined || why !== null || typeof className !== 'string') {
      await vscode.window.showInformationMessage(`Widthwise: ${why ?? 'press the lens above a model.'}`);
      return;
    }
    const python = await chosenPython(document.uri);
    if (!(await agreement.to(askedOf(document.uri, className, python)))) return;
    // What is run is the file.
    if (document.isDirty) await document.save();
    const cwd = folderOf(document.uri);
    const outcome = await withProgress(`checking ${className}`, (signal, follow) =>
      checked(document.uri.fsPath, className, {
        server,
        python,
        mostSeeds: mostSeedsOf(document.uri),
        cwd,
        signal,
        follow,
      }),
    );
    if (outcome.kind === 'done') page.show({ check: outcome.result, cwd });
    else if (outcome.kind === 'failed') await vscode.window.showWarningMessage(`Widthwise: ${outcome.why}`);
  };
  return vscode.Disposable.from(
    page,
    tests,
    vscode.commands.registerCommand(
      'widthwise.checkModel',
      async (uri: unknown, className: unknown, chain: unknown) => {
        try {
          await check(uri, className, chain);
        } catch (error) {
          await reportFailure(error, output);
        }
      },
    ),
  );
}

/** A factory for the class, then the check of what it makes. */
async function checked(file: string, className: string, run: CheckRun): Promise<Outcome<ModelCheck>> {
  const factory = await factoryOf(file, className, run);
  if (factory.kind !== 'done') return factory;
  const { file: written, why } = factory.result;
  if (why !== null) {
    await vscode.window.showTextDocument(vscode.Uri.file(written), {
      viewColumn: vscode.ViewColumn.Beside,
    });
    return {
      kind: 'failed',
      why: `${basename(written)} does not run yet: ${why}. Edit it, and check again.`,
    };
  }
  return checkOf(`${written}:make`, run);
}

/** Opens the beginning of a function that builds a network without a class; nothing is run or written. */
async function beginFactory(chain: Chain): Promise<void> {
  const { name, text } = factoryDraft(chain);
  const draft = await vscode.workspace.openTextDocument({ language: 'python', content: text });
  await vscode.window.showTextDocument(draft, { viewColumn: vscode.ViewColumn.Beside });
  await vscode.window.showInformationMessage(
    `Widthwise: no class builds this network, so a function has to. Complete it and save it as ${name}: the Testing view checks it.`,
  );
}

/** What the lens above such a network hands over. */
function isChain(value: unknown): value is Omit<Chain, 'file'> {
  if (typeof value !== 'object' || value === null) return false;
  const { line, code, widths } = value as Partial<Record<keyof Chain, unknown>>;
  return typeof line === 'number' && typeof code === 'string' && Array.isArray(widths);
}

async function documentOf(uri: unknown): Promise<vscode.TextDocument | undefined> {
  if (typeof uri !== 'string') return vscode.window.activeTextEditor?.document;
  return vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
}

/** What somebody has set; undefined where nobody has. */
function mostSeedsOf(file: vscode.Uri): number | undefined {
  const set = vscode.workspace.getConfiguration('widthwise', file).inspect<number>('most-seeds');
  return set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue;
}

function folderOf(uri: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? dirname(uri.fsPath);
}

/** Says what will be run, by what, and within which bounds; asked once a window for each model. */
function askedOf(
  uri: vscode.Uri,
  className: string | null,
  python: ChosenPython,
): Parameters<Agreement['to']>[0] {
  const file = basename(uri.fsPath);
  const name = className ?? `make of ${file}`;
  const writes =
    className === null
      ? ''
      : `, writes a function beside it that builds ${className} at a width, where there is none,`;
  return {
    target: `${uri.fsPath}:${className ?? 'make'}`,
    question: `Train ${name} at widths 64, 128, 256 and 512?`,
    detail: `${pythonName(python)} imports ${file}${writes} and takes 3 steps at each width with 5 seeds, or more where they leave it open, on the CPU, ${BOUNDS} It can be cancelled.`,
  };
}
