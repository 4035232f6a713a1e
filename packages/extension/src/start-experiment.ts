import { StartExperiment, type StartExperimentParams } from '@widthwise/protocol';
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { inTurn } from './in-turn.ts';
import type { LastExperiments } from './last-experiment.ts';
import type { ExperimentPanel } from './panels/experiment-panel.ts';

/** Starts an experiment and shows it; rejects with what the server refuses. */
export type StartExperimentHere = (asked: StartExperimentParams) => Promise<void>;

interface Parts {
  readonly client: LanguageClient;
  readonly panel: ExperimentPanel;
  readonly memory: LastExperiments;
  readonly output: vscode.LogOutputChannel;
}

/** A second call, from a double click say, finds the experiment of the first and can cancel it. */
export function startExperiment({ client, panel, memory, output }: Parts): StartExperimentHere {
  return inTurn(async (asked: StartExperimentParams) => {
    await panel.stop();
    const snapshot = await client.sendRequest(StartExperiment, { ...asked, ...trust() });
    await memory.remember(asked);
    const { data, widths } = snapshot.plan;
    output.info(
      `${asked.experiment} on ${data} at widths ${widths.join(', ')}: ${snapshot.runs.length} runs`,
    );
    panel.show(snapshot);
  });
}

/** Asked at each start, since a folder may be trusted at any time. */
function trust(): Pick<StartExperimentParams, 'restricted'> {
  return vscode.workspace.isTrusted ? {} : { restricted: true };
}
