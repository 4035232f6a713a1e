import process from 'node:process';
import { loadAnalyserFromDisk } from '../load-analyser.ts';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';
import { answerOrder } from './answer-order.ts';
import { compileLess } from './compiling.ts';
import { hearUnwanted, watchParent } from './parent-watch.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** The entry of an analyser process: analyses the texts it is sent, one after the other. */
let running = 0;
compileLess();
const isOrderUnwanted = hearUnwanted();
const loading = loadAnalyserFromDisk(undefined, () => isOrderUnwanted(running));
const files = new WorkspaceFiles();

function post(message: AnalyserMessage): void {
  process.send?.(message);
}

process.on('message', async (order: AnalysisOrder) => {
  const analyser = await loading;
  running = order.number;
  post(answerOrder(analyser, order, files));
});
process.on('disconnect', () => process.exit());
// A terminal sends Ctrl-C to the whole group: the parent decides what ends.
process.on('SIGINT', () => {});

watchParent();

await loading;
post({ kind: 'ready' });
