import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { loadAnalyserFromDisk } from '../load-analyser.ts';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';
import { answerOrder } from './answer-order.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** The entry of an analyser process: analyses the texts it is sent, one after the other. */
const loading = loadAnalyserFromDisk();
const files = new WorkspaceFiles();

function post(message: AnalyserMessage): void {
  process.send?.(message);
}

process.on('message', async (order: AnalysisOrder) => post(answerOrder(await loading, order, files)));
process.on('disconnect', () => process.exit());
// A terminal sends Ctrl-C to the whole group: the parent decides what ends.
process.on('SIGINT', () => {});

// While a text is analysed no event is heard, not even that the parent was killed. A thread of its own looks for it.
const WATCH = `
  const { workerData: parent } = require('node:worker_threads');
  const look = () => {
    try {
      process.kill(parent, 0);
    } catch {
      process.kill(process.pid, 'SIGKILL');
    }
  };
  setInterval(look, 1000);
`;

// Who ends within a second does not pay for it.
setTimeout(
  () => new Worker(WATCH, { eval: true, workerData: process.ppid, execArgv: [] }).unref(),
  1000,
).unref();

await loading;
post({ kind: 'ready' });
