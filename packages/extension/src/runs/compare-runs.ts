import * as vscode from 'vscode';
import { comparisonPage } from './comparison-page.ts';
import type { LoggedRun, RunLog } from './run-log.ts';

const SCHEME = 'widthwise-runs';

/** Provides the pages that set two runs beside each other. */
export function provideRunComparisons(log: RunLog): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: ({ query }) => {
      const keys = new URLSearchParams(query);
      const run = (side: string): LoggedRun | undefined => log.runs.find(({ key }) => key === keys.get(side));
      return comparisonPage(run('left'), run('right'));
    },
  });
}

export async function showRunComparison(left: LoggedRun, right: LoggedRun): Promise<void> {
  const query = new URLSearchParams({ left: left.key, right: right.key }).toString();
  const page = vscode.Uri.from({ scheme: SCHEME, path: '/Two runs.md', query });
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
