import { StartComparison } from '@widthwise/protocol';
import type * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { inTurn } from './in-turn.ts';
import type { LastComparison, LastComparisons } from './last-comparison.ts';
import type { ComparisonPanel } from './panels/comparison-panel.ts';

/** Starts a comparison and shows it; rejects with what the server refuses. */
export type StartComparing = (comparison: LastComparison) => Promise<void>;

interface Parts {
  readonly client: LanguageClient;
  readonly panel: ComparisonPanel;
  readonly memory: LastComparisons;
  readonly output: vscode.LogOutputChannel;
}

/** A second call, from a double click say, finds the comparison of the first and can cancel it. */
export function startComparing({ client, panel, memory, output }: Parts): StartComparing {
  return inTurn(async (comparison: LastComparison) => {
    await panel.stop();
    const snapshot = await client.sendRequest(StartComparison, comparison);
    await memory.remember(comparison);
    const { data, widths } = snapshot.plan;
    output.info(`comparing on ${data} at widths ${widths.join(', ')}: ${snapshot.runs.length} runs`);
    panel.show(snapshot);
  });
}
