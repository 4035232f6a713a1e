import { CancelExperiment, ExperimentEnded, ReadExperiment } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { EXPERIMENTS } from '../experiments.ts';
import { reportFailure } from '../failure.ts';
import type { ExperimentPanel } from '../panels/experiment-panel.ts';
import type { ServerNotifications } from '../server-notifications.ts';
import type { ExperimentStarter } from '../start-experiment.ts';
import { provideRunComparisons, showRunComparison } from './compare-runs.ts';
import type { LoggedRun, RunLog } from './run-log.ts';

interface Parts {
  readonly client: LanguageClient;
  readonly notifications: ServerNotifications;
  readonly log: RunLog;
  readonly panel: ExperimentPanel;
  readonly starter: ExperimentStarter;
  readonly output: vscode.LogOutputChannel;
}

/** The view of all that was run in this workspace: open one, compare two, delete some. */
export function runsView(parts: Parts): vscode.Disposable {
  const { client, notifications, log, output } = parts;
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView('widthwise.runs', {
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: () => [...log.runs],
      getTreeItem: itemOf,
    },
  });
  const command = (name: string, run: (runs: readonly LoggedRun[]) => Promise<void>): vscode.Disposable =>
    vscode.commands.registerCommand(`widthwise.runs.${name}`, async (one?: LoggedRun, all?: LoggedRun[]) => {
      const chosen = all ?? (one === undefined ? [...view.selection] : [one]);
      try {
        await run(chosen);
      } catch (error) {
        await reportFailure(error, output);
      }
    });
  return vscode.Disposable.from(
    view,
    changed,
    log.onChange(() => changed.fire()),
    notifications.onNotification(ExperimentEnded.method, async (params) => {
      // SAFETY: the server sends what its protocol says.
      const { experimentId } = params as { experimentId: LoggedRun['experimentId'] };
      if (log.find(experimentId) === undefined) return;
      await log.ended(await client.sendRequest(ReadExperiment, { experimentId }));
    }),
    command('open', async ([run]) => run && openRun(run, parts)),
    command('compare', async ([left, right]) => {
      if (left !== undefined && right !== undefined) await showRunComparison(left, right);
      else await vscode.window.showInformationMessage('Widthwise: select two runs to compare them.');
    }),
    command('delete', (runs) => deleteRuns(runs, parts)),
    provideRunComparisons(log),
  );
}

/** Shows a run that this server knows; one of another life is taken up again from what is kept. */
async function openRun(run: LoggedRun, { client, panel, starter }: Parts): Promise<void> {
  const { experimentId } = run;
  const known = await client.sendRequest(ReadExperiment, { experimentId }).catch(() => null);
  if (known === null) await starter.resume(run.asked);
  else panel.show(known);
}

/** Takes runs out of the list, and ends those that run; what the store has of them stays for others. */
async function deleteRuns(runs: readonly LoggedRun[], { client, log }: Parts): Promise<void> {
  for (const { state, experimentId } of runs) {
    if (state === 'running' || state === 'queued')
      await client.sendRequest(CancelExperiment, { experimentId }).catch(() => null);
  }
  await log.remove(runs.map(({ key }) => key));
}

const ICONS: Readonly<Record<LoggedRun['state'], string>> = {
  queued: 'clock',
  running: 'sync',
  finished: 'pass',
  cancelled: 'circle-slash',
  failed: 'error',
};

function itemOf(run: LoggedRun): vscode.TreeItem {
  const { asked, data, trained, state, answer, startedAt, evidence } = run;
  const item = new vscode.TreeItem(`${EXPERIMENTS[asked.experiment].title} · ${data}`);
  item.id = run.key;
  item.description = answer === '' ? state : answer;
  item.iconPath = new vscode.ThemeIcon(ICONS[state]);
  item.contextValue = 'run';
  // Text, and no Markdown: names of parametrizations are other people's.
  item.tooltip = [trained, new Date(startedAt).toLocaleString(), answer, ...evidence]
    .filter(Boolean)
    .join('\n');
  item.accessibilityInformation = { label: `${item.label}, ${state}. ${answer}` };
  item.command = { command: 'widthwise.runs.open', title: 'Open', arguments: [run] };
  return item;
}
