import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { Dataset, PlannedRun, RunResult } from '@widthwise/core';
import type { Store } from '../store/store.ts';
import type { PlanEvents, PlanOutcome, RunFailure } from './plan-events.ts';
import { ThreadPool } from './thread-pool.ts';
import { type Precedence, type WaitingRuns, waitingRuns } from './waiting-runs.ts';
import type { WorkerThread } from './worker-thread.ts';

/** How soon a thread that waits for its share notices that it has grown. */
const SHARE_PERIOD_MS = 100;

export interface ExecuteOptions {
  readonly dataset: Dataset;
  readonly store: Store;
  /** Computes again what the store has. */
  readonly fresh?: boolean;
  /** Which runs go first. */
  readonly precedence?: Precedence;
  /** Threads; by default one a processor, at most four. */
  readonly workers?: number;
  /** How many of the threads may work now, where several executions share a machine; asked before each run. */
  readonly share?: () => number;
  /** Aborting it stops every run between two steps; what was finished is kept. */
  readonly signal?: AbortSignal;
  readonly events?: PlanEvents;
  /** Threads of this data set to work on, which outlast the plan; without it, those of the plan alone. */
  readonly pool?: ThreadPool;
  /** Results that are there already and not in the store, of this plan or another. */
  readonly tried?: readonly RunResult[];
  /** The worker's script; by default the one beside the bundle that this code is part of. */
  readonly workerEntry?: URL;
}

/** Login nodes are shared: more than four threads only when asked for. */
export function defaultWorkers(): number {
  return Math.min(4, availableParallelism());
}

/**
 * Runs a plan on worker threads, reading from the store what it has and publishing what is computed.
 *
 * A run that fails costs itself and no other. Resolves once every thread has ended, aborted or not.
 */
export async function executePlan(
  plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[],
  options: ExecuteOptions,
): Promise<PlanOutcome> {
  const pool = options.pool ?? new ThreadPool(options.dataset, options);
  const execution = new PlanExecution(plan, { ...options, pool });
  if (!options.fresh) await execution.readStored();
  try {
    await execution.compute();
  } finally {
    if (options.pool === undefined) await pool.close();
  }
  return execution.outcome();
}

type PooledOptions = ExecuteOptions & { readonly pool: ThreadPool };

/** The state of one execution: which runs wait, and what has come of the others. */
class PlanExecution {
  private readonly plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[];
  private readonly options: PooledOptions;
  private readonly events: PlanEvents;
  private readonly results = new Map<string, RunResult>();
  private readonly failures: RunFailure[] = [];
  /** Cells of the plan by their run: a name is not part of a run, so two cells may share one. */
  private readonly cells = new Map<string, number[]>();
  private stored = 0;
  private unkept = 0;

  constructor(plan: readonly Pick<PlannedRun, 'hash' | 'spec'>[], options: PooledOptions) {
    this.plan = plan;
    this.options = options;
    this.events = options.events ?? {};
    for (const [index, { hash }] of plan.entries()) {
      this.cells.set(hash, [...(this.cells.get(hash) ?? []), index]);
    }
  }

  async readStored(): Promise<void> {
    for (const hash of this.cells.keys()) {
      if (this.aborted()) return;
      const result = await this.options.store.read(hash);
      if (result === null) continue;
      this.stored++;
      this.keep(result, 'store');
    }
  }

  async compute(): Promise<void> {
    if (this.aborted()) return;
    const tried = (this.options.tried ?? []).filter(
      ({ hash }) => this.cells.has(hash) && !this.results.has(hash),
    );
    for (const result of tried) this.keep(result, 'computed');
    const missing = [...this.cells].flatMap(([hash, [index]]) =>
      this.results.has(hash) ? [] : [this.plan[index!]!],
    );
    const threads = Math.min(this.options.workers ?? defaultWorkers(), missing.length);
    const waiting = waitingRuns(missing, this.options.dataset.samples, this.options.precedence);
    const abort = (): void => void Atomics.store(new Int32Array(this.options.pool.stop), 0, 1);
    this.options.signal?.addEventListener('abort', abort, { once: true });
    try {
      await Promise.all([
        ...Array.from({ length: threads }, (_, place) => this.work(waiting, { place, threads })),
        this.publishAll(tried),
      ]);
    } finally {
      this.options.signal?.removeEventListener('abort', abort);
    }
  }

  outcome(): PlanOutcome {
    return {
      results: this.results,
      failures: this.failures,
      complete: this.results.size + this.failures.length === this.cells.size,
      computed: this.results.size - this.stored,
      stored: this.stored,
      unkept: this.unkept,
    };
  }

  /**
   * One thread's share: takes runs until none waits, of those that are as long its own seeds first, as their runs begin with the
   * same normals. Without a place there is no thread. A result is kept while the next run trains.
   */
  private async work(
    waiting: WaitingRuns,
    { place, threads }: { readonly place: number; readonly threads: number },
  ): Promise<void> {
    let thread: WorkerThread | null = null;
    let published = Promise.resolve();
    const share = this.options.share ?? (() => Number.POSITIVE_INFINITY);
    try {
      while (waiting.size > 0 && !this.aborted()) {
        if (place >= share()) {
          if (thread !== null) this.options.pool.give(thread);
          thread = null;
          await setTimeout(SHARE_PERIOD_MS);
          continue;
        }
        thread ??= this.options.pool.take();
        const run = waiting.take(({ spec }) => spec.seed % threads === place)!;
        const [result] = await Promise.all([this.runOn(thread, run), published]);
        if (result !== null) published = this.publish(result);
        if (!thread.alive) thread = null;
      }
      await published;
    } finally {
      if (thread !== null) this.options.pool.give(thread);
    }
  }

  /** What it gave, or null. */
  private async runOn(
    thread: WorkerThread,
    { hash, spec }: Pick<PlannedRun, 'hash' | 'spec'>,
  ): Promise<RunResult | null> {
    const index = this.cells.get(hash)![0]!;
    this.events.started?.(index);
    const ending = await thread.run(
      { index, spec },
      { advanced: (records) => this.events.advanced?.(index, records), signal: this.options.signal },
    );
    if (ending.kind === 'ended') {
      this.keep(ending.result, 'computed');
      return ending.result;
    }
    if (ending.kind === 'failed') {
      const failure = { hash, message: ending.message };
      this.failures.push(failure);
      for (const cell of this.cells.get(hash)!) this.events.failed?.(cell, failure);
    }
    return null;
  }

  private async publishAll(results: readonly RunResult[]): Promise<void> {
    for (const result of results) await this.publish(result);
  }

  private async publish(result: RunResult): Promise<void> {
    try {
      await this.options.store.publish(result);
    } catch (error) {
      // One that cannot be kept is followed by all the others.
      if (this.unkept++ > 0) return;
      const { code, message } = error as NodeJS.ErrnoException;
      this.events.noted?.(
        `results cannot be kept in ${this.options.store.directory} (${code ?? message}); the next time they are computed anew`,
      );
    }
  }

  private keep(result: RunResult, origin: 'computed' | 'store'): void {
    this.results.set(result.hash, result);
    for (const cell of this.cells.get(result.hash)!) this.events.ended?.(cell, result, origin);
  }

  private aborted(): boolean {
    return this.options.signal?.aborted === true;
  }
}
