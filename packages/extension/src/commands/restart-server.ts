import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { reportFailure } from '../failure.ts';
import { inTurn } from '../in-turn.ts';

/** Widthwise: Restart Server. Works in any state, also after the server has crashed too often to be started again. */
export function restartServerCommand(
  client: LanguageClient,
  output: vscode.LogOutputChannel,
): vscode.Disposable {
  const restart = inTurn(async () => {
    output.info('the language server is started anew');
    if (client.isRunning()) {
      // One that does not answer is given up; its end is the client's to see to.
      await client
        .stop()
        .catch((error: unknown) => output.warn('the language server did not stop in order', error));
    }
    await client.start();
  });
  return vscode.commands.registerCommand('widthwise.restartServer', async () => {
    try {
      await restart();
    } catch (error) {
      await reportFailure(error, output);
    }
  });
}
