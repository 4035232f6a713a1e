import { parentPort, workerData } from 'node:worker_threads';
import { type RunResult, train } from '@widthwise/core';
import { requireEngine } from '../engines/engines.ts';
import { callNative, makeNativeCallsBy } from '../engines/native-calls.ts';
import { measureRate } from './measure-rate.ts';
import { pump } from './pump.ts';
import type { RunMessage, RunOrder, TrialMessage, WorkerOrder, WorkerStart } from './worker-messages.ts';

/** The entry of a worker thread: trains and tries the runs it is sent, one after the other. */
const { dataset, ...flags } = workerData as WorkerStart;
const stop = new Int32Array(flags.stop);
const native = new Int32Array(flags.native);

function post(message: RunMessage | TrialMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (order: WorkerOrder) => {
  if (order.kind === 'trial')
    post({ kind: 'tried', ...measureRate({ spec: order.spec, dataset }, order.runs) });
  else work(order);
});

makeNativeCallsBy((call) => {
  const before = Atomics.exchange(native, 0, 1);
  try {
    // Whoever ends this thread sets the one flag before he asks for the other.
    if (stopped()) throw new Error('stopped before native code');
    return call();
  } finally {
    Atomics.store(native, 0, before);
  }
});

function stopped(): boolean {
  return Atomics.load(stop, 0) !== 0;
}

function work({ index, spec }: RunOrder): void {
  const run = (): RunResult | null =>
    pump(train(spec, dataset, requireEngine(spec.engine.name)), {
      advanced: (records) => post({ kind: 'advanced', index, records }),
      stopped,
      now: () => performance.now(),
    });
  try {
    // TensorFlow.js is native code throughout.
    const result = spec.engine.name === 'tfjs' ? callNative(run) : run();
    post(result === null ? { kind: 'stopped', index } : { kind: 'ended', index, result });
  } catch (error) {
    if (stopped()) post({ kind: 'stopped', index });
    else post({ kind: 'failed', index, message: error instanceof Error ? error.message : String(error) });
  }
}
