import * as vscode from 'vscode';

const RUN = 'Run It';

/** What a person is asked before their code is run. */
export interface Asked {
  /** What is run, by which it is known in this window. */
  readonly target: string;
  readonly question: string;
  /** What will happen, by what, and within which bounds. */
  readonly detail: string;
}

/** Of what a person has agreed, in this window, that it is run. */
export class Agreement {
  readonly #agreed = new Set<string>();

  async to({ target, question, detail }: Asked): Promise<boolean> {
    // What runs it is told in the detail: another one is asked anew.
    const key = `${target}\n${detail}`;
    if (this.#agreed.has(key)) return true;
    const choice = await vscode.window.showInformationMessage(question, { modal: true, detail }, RUN);
    if (choice !== RUN) return false;
    this.#agreed.add(key);
    return true;
  }
}

/** Why nothing of a file can be run; null where it can. */
export function whyNotRun(document: vscode.TextDocument | undefined): string | null {
  if (document?.languageId !== 'python' || document.uri.scheme !== 'file')
    return 'open a Python file on disk.';
  if (!vscode.workspace.isTrusted) return 'nothing of a folder is run in Restricted Mode: trust it first.';
  return null;
}

/** The bounds of every process that runs code of theirs. */
export const BOUNDS =
  'in a process of its own that has limits of time and memory and is refused the network. It is your code: what it reads or writes, it reads and writes.';
