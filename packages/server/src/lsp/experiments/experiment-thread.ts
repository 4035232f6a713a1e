import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { ExperimentAdvancedParams, ExperimentSnapshot } from '@widthwise/protocol';
import { InputError } from '../../input/input-error.ts';
import type { ExperimentOrder, PreparedMessage, ThreadCommand, ThreadMessage } from './thread-messages.ts';

/** Who hears of one experiment. */
export interface ThreadListener {
  advanced(params: ExperimentAdvancedParams): void;
  noted(sentence: string): void;
  warned(sentence: string): void;
}

/** The thread of one experiment, from its preparation to its end. */
export class ExperimentThread {
  /** What it is, once that is known. Rejects with an InputError, and where the thread is gone before. */
  readonly prepared: Promise<PreparedMessage>;
  /** All there is at its end. Rejects where the thread is gone before. */
  readonly ended: Promise<ExperimentSnapshot>;
  private readonly worker: Worker;
  private readonly listener: ThreadListener;
  private readonly preparing: PromiseWithResolvers<PreparedMessage> = Promise.withResolvers();
  private readonly ending: PromiseWithResolvers<ExperimentSnapshot> = Promise.withResolvers();
  private readers: PromiseWithResolvers<ExperimentSnapshot>[] = [];

  constructor(order: ExperimentOrder, listener: ThreadListener) {
    this.listener = listener;
    this.prepared = this.preparing.promise;
    this.ended = this.ending.promise;
    // Whoever waits for one of them hears of it; nobody has to.
    for (const promise of [this.prepared, this.ended]) promise.catch(() => {});
    this.worker = new Worker(new URL('./experiment-worker.js', import.meta.url), {
      workerData: order,
      // What runs in the thread is ours: nothing of the parent's loaders or flags belongs there.
      execArgv: [],
      // The standard output of the process is the wire.
      stdout: true,
      // What an engine asks of its native part by the environment has to stand in that of the process.
      env: SHARE_ENV,
    });
    this.worker.on('message', (message: ThreadMessage) => this.receive(message));
    this.worker.on('error', (error) => this.gone(error));
    this.worker.on('exit', (code) => this.gone(new Error(`its thread ended with code ${code}`)));
  }

  begin(revision: number): void {
    this.post({ kind: 'begin', revision });
  }

  /** Everything so far; what was not told yet is told first. */
  read(): Promise<ExperimentSnapshot> {
    const reader = Promise.withResolvers<ExperimentSnapshot>();
    this.readers.push(reader);
    this.post({ kind: 'read' });
    return reader.promise;
  }

  /** Stops it between two steps of its runs. */
  cancel(): void {
    this.post({ kind: 'cancel' });
  }

  /** Ends whatever it does, with the threads below it. */
  async terminate(): Promise<void> {
    await this.worker.terminate();
  }

  private post(command: ThreadCommand): void {
    this.worker.postMessage(command);
  }

  private receive(message: ThreadMessage): void {
    switch (message.kind) {
      case 'prepared':
        this.preparing.resolve(message);
        break;
      case 'refused':
        this.preparing.reject(new InputError(message.field, message.problem, message.part));
        break;
      case 'advanced':
        this.listener.advanced(message.params);
        break;
      case 'read':
        this.readers.shift()?.resolve(message.snapshot);
        break;
      case 'noted':
      case 'warned':
        this.listener[message.kind](message.sentence);
        break;
      case 'ended':
        this.ending.resolve(message.snapshot);
        for (const reader of this.readers.splice(0)) reader.resolve(message.snapshot);
        break;
    }
  }

  private gone(error: Error): void {
    this.preparing.reject(error);
    this.ending.reject(error);
    for (const reader of this.readers.splice(0)) reader.reject(error);
  }
}
