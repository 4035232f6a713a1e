import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { StepRecord } from '@widthwise/core';
import type { Tried } from './measure-rate.ts';
import type {
  RunMessage,
  RunOrder,
  TrialMessage,
  TrialOrder,
  WorkerOrder,
  WorkerStart,
} from './worker-messages.ts';

/** How one run ended on a thread. */
export type RunEnding = Exclude<RunMessage, { kind: 'advanced' }>;

/** How long a thread may take to notice that it should stop, before it is terminated: its run is lost either way. */
const GRACE_MS = 50;

/** How soon it is ended after native code. */
const NATIVE_PERIOD_MS = 5;

export interface ThreadOptions {
  readonly workerEntry?: URL;
}

/** Where the records of a run go, and what ends it. */
export interface RunWatch {
  advanced(records: readonly StepRecord[]): void;
  readonly signal?: AbortSignal | undefined;
}

/** One worker thread, which trains one run at a time. */
export class WorkerThread {
  /** False once the thread has crashed or ended. */
  alive = true;
  private readonly worker: Worker;
  private readonly native: Int32Array;

  constructor(start: Omit<WorkerStart, 'native'>, { workerEntry }: ThreadOptions) {
    const native = new SharedArrayBuffer(4);
    this.native = new Int32Array(native);
    this.worker = new Worker(workerEntry ?? new URL('./run-worker.js', import.meta.url), {
      workerData: { ...start, native } satisfies WorkerStart,
      // What runs in the thread is ours: nothing of the parent's loaders or flags belongs there.
      execArgv: [],
    });
    this.worker.once('exit', () => {
      this.alive = false;
    });
  }

  /** Resolves when the run has ended, was stopped, or took its thread with it; never rejects. */
  run(order: Omit<RunOrder, 'kind'>, { advanced, signal }: RunWatch): Promise<RunEnding> {
    const worker = this.worker;
    return new Promise((resolve) => {
      let grace: NodeJS.Timeout | undefined;
      const settle = (ending: RunEnding): void => {
        clearTimeout(grace);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        signal?.removeEventListener('abort', onAbort);
        resolve(ending);
      };
      const onMessage = (message: RunMessage): void => {
        if (message.kind === 'advanced') advanced(message.records);
        else settle(message);
      };
      const onError = (error: Error): void => {
        this.alive = false;
        settle({ kind: 'failed', index: order.index, message: error.message });
      };
      const onExit = (code: number): void =>
        settle(
          signal?.aborted
            ? { kind: 'stopped', index: order.index }
            : { kind: 'failed', index: order.index, message: `its thread ended with code ${code}` },
        );
      // Once it is to stop, a thread that is not in native code does not get there any more.
      const end = (): void => {
        if (Atomics.load(this.native, 0) === 0) void worker.terminate();
        else grace = setTimeout(end, NATIVE_PERIOD_MS);
      };
      const onAbort = (): void => {
        grace = setTimeout(end, GRACE_MS);
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.post({ kind: 'run', ...order });
    });
  }

  /** Rejects where the thread does not survive it. */
  async try({ spec, runs }: Omit<TrialOrder, 'kind'>): Promise<Tried> {
    const over = new AbortController();
    const exit = once(this.worker, 'exit', over).then(([code]) => {
      throw new Error(`a thread ended with code ${code} in its first run`);
    });
    this.post({ kind: 'trial', spec, runs });
    try {
      const [message] = await Promise.race([once(this.worker, 'message', over), exit]);
      // SAFETY: a thread that has one order answers it.
      return message as TrialMessage;
    } finally {
      over.abort();
    }
  }

  private post(order: WorkerOrder): void {
    this.worker.postMessage(order);
  }

  async terminate(): Promise<void> {
    await this.worker.terminate();
  }
}
