import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExperimentSnapshot } from '@widthwise/protocol';
import * as vscode from 'vscode';
import { runCommand } from '../command-line.ts';

/** Without scripts everything that the page says stands there; its buttons do nothing, and the editor colors code. */
const EDITOR_STYLE = '<style>button { display: none } code { color: inherit }</style>';

/** Where reports are made, and by whom. */
export interface ReportMaker {
  /** The command line that ships with the extension. */
  readonly server: string;
  readonly storage: vscode.Uri;
}

/**
 * Opens the report of an experiment as the command line writes it: what was computed is taken from the folder's store, so
 * that nothing is trained again.
 *
 * @throws where the command line writes none
 */
export async function openReport(
  { plan, experiment }: ExperimentSnapshot,
  folder: vscode.Uri | undefined,
  { server, storage }: ReportMaker,
): Promise<void> {
  const out = join(storage.fsPath, 'report');
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const args = [...plan.arguments, '--out', out];
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Widthwise: the report of ${plan.data}` },
    () => finished(server, args, folder?.fsPath ?? out),
  );
  const files = await readdir(out);
  const page = files.find((file) => file.endsWith('.html'));
  if (page === undefined) {
    const text = files.find((file) => file.endsWith('.md'));
    if (text === undefined) throw new Error(`widthwise ${experiment} wrote no report`);
    await vscode.commands.executeCommand('markdown.showPreviewToSide', vscode.Uri.file(join(out, text)));
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    'widthwise.report',
    `Report: ${plan.data}`,
    vscode.ViewColumn.Active,
    { enableFindWidget: true },
  );
  const text = await readFile(join(out, page), 'utf8');
  panel.webview.html = text.replace('</head>', `${EDITOR_STYLE}</head>`);
}

async function finished(server: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await runCommand({ server, args, cwd });
  // A check that fails has its report, too.
  if (code !== 0 && code !== 1) throw new Error(stderr.trim() || `it ended with code ${code}`);
}
