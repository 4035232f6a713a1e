import { parentPort, workerData } from 'node:worker_threads';
import { train } from '@widthwise/core';
import { requireEngine } from '../engines/engines.ts';
import { measureRate } from './measure-rate.ts';
import { pump } from './pump.ts';
import type { RunMessage, RunOrder, TrialMessage, WorkerOrder, WorkerStart } from './worker-messages.ts';

/** The entry of a worker thread: trains and tries the runs it is sent, one after the other. */
const { dataset, stop } = workerData as WorkerStart;
const stopFlag = new Int32Array(stop);

function post(message: RunMessage | TrialMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (order: WorkerOrder) => {
  if (order.kind === 'trial')
    post({ kind: 'tried', ...measureRate({ spec: order.spec, dataset }, order.runs) });
  else work(order);
});

function work({ index, spec }: RunOrder): void {
  try {
    const result = pump(train(spec, dataset, requireEngine(spec.engine.name)), {
      advanced: (records) => post({ kind: 'advanced', index, records }),
      stopped: () => Atomics.load(stopFlag, 0) !== 0,
      now: () => performance.now(),
    });
    post(result === null ? { kind: 'stopped', index } : { kind: 'ended', index, result });
  } catch (error) {
    post({ kind: 'failed', index, message: error instanceof Error ? error.message : String(error) });
  }
}
