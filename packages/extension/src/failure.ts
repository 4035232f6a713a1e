import { REFUSED } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { LSPErrorCodes, ResponseError } from 'vscode-languageclient/node';

interface Remedy {
  readonly action: string;
  run(): Promise<void>;
}

/** Tells a person what happened, with one thing to do: the remedy for what was refused, the log for anything else. */
export async function reportFailure(
  error: unknown,
  output: vscode.LogOutputChannel,
  remedy?: Remedy,
): Promise<void> {
  // A person cancelled it, and knows.
  if (error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled) return;
  const refused = error instanceof ResponseError && error.code === REFUSED;
  if (!refused) output.error(error instanceof Error ? error : String(error));
  const { action, run } =
    refused && remedy !== undefined ? remedy : { action: 'Open Log', run: async () => output.show() };
  const message = error instanceof Error ? error.message : String(error);
  const choice = await vscode.window.showErrorMessage(`Widthwise: ${message}`, action);
  if (choice === action) await run();
}
