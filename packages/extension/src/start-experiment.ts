import { type ExperimentSnapshot, StartExperiment, type StartExperimentParams } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { EXPERIMENTS } from './experiments.ts';
import { inTurn } from './in-turn.ts';
import type { ExperimentPanel } from './panels/experiment-panel.ts';
import type { RunLog } from './runs/run-log.ts';

/** Starts experiments and shows them; each rejects with what the server refuses. */
export interface ExperimentStarter {
  /** Asks first where one is shown that runs: neither is lost without a word. */
  start(asked: StartExperimentParams): Promise<void>;
  /** Takes up again what was begun before: what had finished is there, the rest goes on. */
  resume(asked: StartExperimentParams): Promise<void>;
}

interface Parts {
  readonly client: LanguageClient;
  readonly panel: ExperimentPanel;
  readonly log: RunLog;
  readonly output: vscode.LogOutputChannel;
}

/** A second call, from a double click say, finds the experiment of the first. */
export function experimentStarter({ client, panel, log, output }: Parts): ExperimentStarter {
  const begin = async (asked: StartExperimentParams, keep: 'started' | 'resumed'): Promise<void> => {
    const snapshot = await client.sendRequest(StartExperiment, { ...asked, ...trust() });
    await log[keep](asked, snapshot);
    const { data, widths } = snapshot.plan;
    output.info(
      `${asked.experiment} on ${data} at widths ${widths.join(', ')}: ${snapshot.runs.length} runs`,
    );
    panel.show(snapshot);
  };
  return {
    start: inTurn(async (asked: StartExperimentParams) => {
      if (await mayBegin(panel)) await begin(asked, 'started');
    }),
    resume: inTurn((asked: StartExperimentParams) => begin(asked, 'resumed')),
  };
}

const BOTH = 'Run Both';
const INSTEAD = 'Cancel It and Start';

/** Whether another experiment may begin: always, unless one is shown that runs and a person wants to keep it alone. */
async function mayBegin(panel: ExperimentPanel): Promise<boolean> {
  const shown = await panel.live();
  if (shown === null || !isOpen(shown)) return true;
  const { title } = EXPERIMENTS[shown.experiment];
  const { finished, total } = shown.progress;
  const choice = await vscode.window.showWarningMessage(
    `${title} is running: ${finished} of ${total} runs have ended.`,
    { modal: true, detail: 'Two run side by side; what a cancelled one had finished is kept.' },
    BOTH,
    INSTEAD,
  );
  if (choice === INSTEAD) await panel.stop();
  return choice !== undefined;
}

function isOpen({ state }: ExperimentSnapshot): boolean {
  return state.kind === 'running' || state.kind === 'queued';
}

/** Asked at each start, since a folder may be trusted at any time. */
function trust(): Pick<StartExperimentParams, 'restricted'> {
  return vscode.workspace.isTrusted ? {} : { restricted: true };
}
