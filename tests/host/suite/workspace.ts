import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** What the extension hands to other extensions, as far as these tests use it. */
interface Api {
  readonly clientReady: Promise<void>;
}

export const EXTENSION_ID = 'widthwise.widthwise-vscode';

/** Activates the extension as opening a Python file would and waits until its language server answers. */
export async function activateExtension(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(EXTENSION_ID);
  if (extension === undefined) throw new Error(`${EXTENSION_ID} is not installed`);
  const api = await extension.activate();
  await api.clientReady;
  return api;
}

/** Opens a file of the examples and shows it. */
export async function openExample(name: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('the examples are not open');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, name));
  return vscode.window.showTextDocument(document);
}

type Falsy = false | undefined | null;

/** Polls until `read` gives something truthy; the failure says what was waited for. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  limitMs = 15_000,
): Promise<Exclude<T, Falsy>> {
  for (const end = Date.now() + limitMs; Date.now() < end; await delay(50)) {
    const value = await read();
    if (value) return value as Exclude<T, Falsy>;
  }
  throw new Error(`${what}: not within ${limitMs / 1000} s`);
}

/** Codes of Widthwise's diagnostics on a document, in order. */
export function findings(document: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter((diagnostic) => diagnostic.source === 'widthwise')
    .map(({ code }) => String(typeof code === 'object' ? code.value : code));
}

/** The same, once there are any. */
export function firstFindings(document: vscode.TextDocument): Promise<string[]> {
  return until('a finding', () => findings(document).length > 0 && findings(document));
}

/** Titles of the lenses of a document, once there are any. */
export function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  return until('a lens', async () => {
    const titles = (await allLenses(document)).flatMap((lens) => lens.command?.title ?? []);
    return titles.length > 0 && titles;
  });
}

export function allLenses(document: vscode.TextDocument): Thenable<vscode.CodeLens[]> {
  return vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 100);
}
