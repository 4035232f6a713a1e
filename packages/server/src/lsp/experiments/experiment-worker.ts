import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExperimentState } from '@widthwise/protocol';
import { InputError } from '../../input/input-error.ts';
import { type Execution, openExecution } from '../../lab/experiments/execute.ts';
import type { PlanOutcome } from '../../lab/runs/plan-events.ts';
import { forgetfulStore } from '../../lab/store/forgetful-store.ts';
import { openStore } from '../../lab/store/store.ts';
import { WIRED_EXPERIMENTS } from './experiments.ts';
import { ExperimentHistory } from './history.ts';
import type { ExperimentOrder, ThreadCommand, ThreadMessage } from './thread-messages.ts';

/**
 * The entry of an experiment's thread: prepares what was ordered, and runs it when it is told to begin. Whatever an
 * experiment costs besides training is done here, so that who speaks the protocol is never held up.
 */
const order = workerData as ExperimentOrder;
const port = parentPort!;
/** At most 20 messages a second. */
const PERIOD_MS = 50;

function post(message: ThreadMessage): void {
  port.postMessage(message);
}

async function prepare(): Promise<{ readonly execution: Execution; readonly history: ExperimentHistory }> {
  const { experimentId, fresh } = order;
  const experiment = WIRED_EXPERIMENTS.find(({ name }) => name === order.experiment)!;
  const run = await experiment.prepare(order.asked, order);
  const note = (sentence: string): void => post({ kind: 'noted', sentence });
  const { engineReason, plan } = run.prepared;
  if (engineReason !== null) note(`--engine auto takes ${plan[0]!.spec.engine.name}: ${engineReason}`);
  const store = order.store === '' ? forgetfulStore() : await openStore(order.store, note);
  const share = new Int32Array(order.share);
  const execution = await openExecution(run.prepared, { store, fresh, share: () => Atomics.load(share, 0) });
  const noted = (sentence: string): void => post({ kind: 'warned', sentence });
  const history = new ExperimentHistory(experimentId, run, { meter: execution.meter, noted });
  const hashes = run.prepared.plan.map(({ hash }) => hash);
  const planHash = createHash('sha256').update(hashes.join()).digest('hex');
  post({ kind: 'prepared', snapshot: history.snapshot(), planHash });
  return { execution, history };
}

function flush(history: ExperimentHistory): void {
  const params = history.takeAdvance();
  if (params !== null) post({ kind: 'advanced', params });
}

/** Runs the plan and tells what comes, at most so often. */
async function run(execution: Execution, history: ExperimentHistory, signal: AbortSignal): Promise<void> {
  const ticking = setInterval(() => flush(history), PERIOD_MS);
  try {
    history.close(endState(await execution.run(signal, history), history, signal));
  } catch (error) {
    const what = error instanceof Error ? error.stack : String(error);
    post({ kind: 'noted', sentence: `an experiment ended early: ${what}` });
    history.close({ kind: 'failed', reason: 'The experiment ended early.' });
  } finally {
    clearInterval(ticking);
  }
  flush(history);
  post({ kind: 'ended', snapshot: history.snapshot() });
}

function endState(
  { complete, failures }: PlanOutcome,
  history: ExperimentHistory,
  signal: AbortSignal,
): ExperimentState {
  if (!complete && signal.aborted) return { kind: 'cancelled' };
  if (failures.length === 0) return { kind: 'finished' };
  const { total } = history.progress();
  return { kind: 'failed', reason: `${failures.length} of ${total} runs failed: ${failures[0]!.message}.` };
}

try {
  const { execution, history } = await prepare();
  const abort = new AbortController();
  port.on('message', (command: ThreadCommand) => {
    if (command.kind === 'begin') {
      history.resume(command.revision);
      void run(execution, history, abort.signal).finally(() => port.close());
    } else if (command.kind === 'read') {
      flush(history);
      post({ kind: 'read', snapshot: history.snapshot() });
    } else abort.abort();
  });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  const { field, problem, part } = error;
  post({ kind: 'refused', field, problem, part });
}
