import { Buffer } from 'node:buffer';
import { RunAgain, SaveFigure, type SaveFigureParams, ViewAsk } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { MessageConnection } from 'vscode-jsonrpc';
import { EXPERIMENTS } from '../experiments.ts';
import type { LoggedRun } from '../runs/run-log.ts';

/** What a page of the panel asks for is answered outside it. */
export interface PageAnswers {
  /** The run that the panel shows; undefined where it is not remembered. */
  shown(): LoggedRun | undefined;
  openReport(): Promise<void>;
  readonly output: vscode.LogOutputChannel;
}

/** Answers what a person asks for with the buttons of a page. */
export function answerPage(view: MessageConnection, { shown, openReport, output }: PageAnswers): void {
  view.onNotification(RunAgain, ({ experiment, seeds }) => {
    const more = seeds === undefined ? undefined : { ...shown()?.asked.config, seeds };
    void vscode.commands.executeCommand(EXPERIMENTS[experiment].command, more);
  });
  view.onNotification(ViewAsk, ({ experiment, what }) => {
    if (what === 'settings') {
      const { section } = EXPERIMENTS[experiment];
      void vscode.commands.executeCommand('workbench.action.openSettings', `widthwise.${section}`);
    } else if (what === 'runs') void vscode.commands.executeCommand('widthwise.runs.focus');
    else void openReport();
  });
  view.onNotification(SaveFigure, (figure) => void save(figure, output));
}

/** Asks where a figure goes, and writes it there. */
async function save(
  { name, kind, content }: SaveFigureParams,
  output: vscode.LogOutputChannel,
): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name}.${kind}`;
  const target = await vscode.window.showSaveDialog({
    title: 'Save Figure',
    filters: { [kind.toUpperCase()]: [kind] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, file) }),
  });
  if (target === undefined) return;
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(content, kind === 'png' ? 'base64' : 'utf8'));
  } catch (error) {
    output.error(`${target.path} could not be written`, error);
    await vscode.window.showErrorMessage(`Widthwise: ${file} could not be written.`);
  }
}
