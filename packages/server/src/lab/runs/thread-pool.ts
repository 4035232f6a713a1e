import type { Dataset, RunSpec } from '@widthwise/core';
import { type ThreadOptions, WorkerThread } from './worker-thread.ts';

/** Worker threads of one data set, which wait between the parts of a plan instead of starting anew. */
export class ThreadPool {
  /** Set to 1, it stops every run between two steps. */
  readonly stop: SharedArrayBuffer = new SharedArrayBuffer(4);
  private readonly dataset: Dataset;
  private readonly options: ThreadOptions;
  private readonly idle: WorkerThread[] = [];

  constructor(dataset: Dataset, options: ThreadOptions = {}) {
    this.dataset = shared(dataset);
    this.options = options;
  }

  /** One that waits, or a new one. */
  take(): WorkerThread {
    const waiting = this.idle.splice(0).filter(({ alive }) => alive);
    const [thread, ...others] = waiting;
    this.idle.push(...others);
    return thread ?? new WorkerThread({ dataset: this.dataset, stop: this.stop }, this.options);
  }

  give(thread: WorkerThread): void {
    this.idle.push(thread);
  }

  /** Operations a second of so many threads together, all of them busy with runs like this one. */
  async rate(spec: RunSpec, threads: number): Promise<number> {
    const busy = Array.from({ length: threads }, () => this.take());
    const rates = await Promise.all(busy.map((thread) => thread.rate(spec)));
    for (const thread of busy) this.give(thread);
    return rates.reduce((sum, each) => sum + each, 0);
  }

  /** Resolves once every thread that was given back has ended. */
  async close(): Promise<void> {
    await Promise.all(this.idle.splice(0).map((thread) => thread.terminate()));
  }
}

/** The same data where all threads read it: none has a copy of its own. */
function shared({ inputs, targets, ...sizes }: Dataset): Dataset {
  const copy = (values: Float64Array): Float64Array => {
    const own = new Float64Array(new SharedArrayBuffer(values.byteLength));
    own.set(values);
    return own;
  };
  return { ...sizes, inputs: copy(inputs), targets: copy(targets) };
}
