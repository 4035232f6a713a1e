import type { Dataset, RunSpec } from '@widthwise/core';
import type { Tried } from './measure-rate.ts';
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

  /**
   * Operations a second of so many threads together, all of them busy: with runs like this one, and as far as there is time for
   * them with others in its place, each seed on one thread, as its runs begin with the same normals.
   */
  async try(spec: RunSpec, runs: readonly RunSpec[], threads: number): Promise<Tried> {
    const busy = Array.from({ length: threads }, () => this.take());
    const tried = await Promise.all(
      busy.map((thread, at) => thread.try({ spec, runs: runs.filter(({ seed }) => seed % threads === at) })),
    );
    for (const thread of busy) this.give(thread);
    return {
      rate: tried.reduce((sum, { rate }) => sum + rate, 0),
      results: tried.flatMap(({ results }) => results),
    };
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
