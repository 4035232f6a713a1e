import { createHash } from 'node:crypto';
import { AnalyserProcess, type OrderEnding, type ProcessLimits } from './analyser-process.ts';
import type { AnalysisJob, FileAnalyser, Reading } from './file-analyser.ts';

export interface PoolOptions {
  /** The most processes at once. */
  readonly processes: number;
  readonly limits?: ProcessLimits;
  /** What a process runs; by default the analyser beside the bundle that this code is part of. */
  readonly entry?: URL;
}

/** Far beyond what the analysis allows itself: who meets them has met a bug. */
export const LIMITS: ProcessLimits = { timeMs: 12_000, memoryMb: 320 };

/** A process more is started when work has waited for so long. */
const PATIENCE_MS = 250;

/** A file that ends so many processes is left alone until it changes. */
const TRIES = 2;

interface Task {
  readonly job: AnalysisJob;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: Error) => void;
  tries: number;
}

/** How an order ended that has no answer. */
type Failed = Exclude<OrderEnding, { kind: 'analysed' | 'cancelled' }>;

const CANCELLED: Reading = { kind: 'cancelled' };

/** A text that was given up, by its digest, and why. */
interface LeftAlone {
  readonly digest: string;
  readonly reading: Reading & { readonly kind: 'unread' };
}

/**
 * Analyses texts in processes of their own, so that none can do harm to another or to the caller.
 *
 * A text whose process dies is tried once more, after all that wait; then it is left alone until it changes.
 */
export class AnalyserPool implements FileAnalyser {
  private readonly options: Required<PoolOptions>;
  private readonly waiting: Task[] = [];
  private readonly idle: AnalyserProcess[] = [];
  private readonly processes = new Set<AnalyserProcess>();
  /** The files that each of them has read after all others had. */
  private readonly readLast = new WeakMap<AnalyserProcess, Set<string>>();
  private readonly leftAlone = new Map<string, LeftAlone>();
  private patience: NodeJS.Timeout | undefined;
  private loading = false;
  /** How many in a row have ended before they could be asked anything. */
  private failedStarts = 0;
  private closed = false;

  constructor(options: PoolOptions) {
    this.options = { limits: LIMITS, entry: new URL('./analyser.js', import.meta.url), ...options };
  }

  /** Starts a process before there is work for it. */
  warmUp(): void {
    if (this.processes.size === 0) void this.grow();
  }

  analyse(job: AnalysisJob, signal?: AbortSignal): Promise<Reading> {
    const known = this.leftAlone.get(job.file);
    if (known !== undefined && known.digest === digestOf(job.text)) return Promise.resolve(known.reading);
    if (this.closed || signal?.aborted) return Promise.resolve(CANCELLED);
    return new Promise((resolve, reject) => {
      // One version after the other of a file that was given up costs a process each, not two.
      this.waiting.push({ job, signal, resolve, reject, tries: known === undefined ? TRIES : 1 });
      signal?.addEventListener('abort', () => resolve(CANCELLED), { once: true });
      this.assign();
    });
  }

  /** Ends every process at once; what was not answered is cancelled. */
  close(): void {
    this.closed = true;
    clearTimeout(this.patience);
    for (const process of this.processes) process.kill();
    for (const task of this.waiting.splice(0)) task.resolve(CANCELLED);
  }

  private assign(): void {
    while (this.idle.length > 0) {
      const task = this.next();
      if (task === undefined) return;
      void this.runOn(this.idleFor(task.job), task);
    }
    if (this.waiting.length === 0) return;
    if (this.processes.size === 0) void this.grow();
    else if (!this.loading) this.patience ??= setTimeout(() => this.growIfBehind(), PATIENCE_MS);
  }

  /** The process that read the file last, if it is idle, as it knows what has not changed of it; else the one that is idle for the shortest. */
  private idleFor({ file }: AnalysisJob): AnalyserProcess {
    const at = this.idle.findLastIndex((one) => this.readLast.get(one)?.has(file) === true);
    const [process] = this.idle.splice(at, 1);
    for (const other of this.processes) this.readLast.get(other)?.delete(file);
    const files = this.readLast.get(process!) ?? new Set();
    this.readLast.set(process!, files.add(file));
    return process!;
  }

  private growIfBehind(): void {
    this.patience = undefined;
    const behind = this.waiting.length > 0 && this.processes.size < this.options.processes;
    if (behind && !this.loading) void this.grow();
  }

  private next(): Task | undefined {
    for (let task = this.waiting.shift(); task !== undefined; task = this.waiting.shift()) {
      if (task.signal?.aborted !== true) return task;
    }
    return undefined;
  }

  private async grow(): Promise<void> {
    const process = new AnalyserProcess(this.options.entry, this.options.limits);
    this.processes.add(process);
    void process.ended.then(() => this.remove(process));
    this.loading = true;
    const loaded = await process.loaded;
    this.loading = false;
    if (loaded) {
      this.failedStarts = 0;
      this.release(process);
    } else this.notStarted(process);
  }

  private release(process: AnalyserProcess): void {
    if (this.closed) return;
    if (process.alive) this.idle.push(process);
    else this.remove(process);
    if (this.processes.size === 0) void this.grow();
    this.assign();
  }

  /** Of one that ended while nothing was asked of it, too: the next text starts another. */
  private remove(process: AnalyserProcess): void {
    this.processes.delete(process);
    const at = this.idle.indexOf(process);
    if (at >= 0) this.idle.splice(at, 1);
  }

  /** Whatever ended one may not end the next; where none can be started, nothing can be analysed. */
  private notStarted(process: AnalyserProcess): void {
    this.remove(process);
    this.failedStarts++;
    if (this.processes.size > 0 || this.closed) return;
    if (this.failedStarts < TRIES) return void this.grow();
    this.failedStarts = 0;
    const error = new Error(`the analyser does not start: ${process.lastWords.trim() || 'it was ended'}`);
    for (const task of this.waiting.splice(0)) task.reject(error);
  }

  /** What failed may have left anything behind: its process goes with it. */
  private async runOn(process: AnalyserProcess, task: Task): Promise<void> {
    const { text, options, place, tellsQuestions = false } = task.job;
    const ending = await process.run({ text, options, place, tellsQuestions }, task.signal);
    if (ending.kind === 'analysed') {
      this.leftAlone.delete(task.job.file);
      task.resolve({ ...ending, kind: 'read' });
      if (ending.analysis.unread.some(({ kind }) => kind === 'failed')) process.kill();
    } else if (ending.kind === 'cancelled') task.resolve(CANCELLED);
    else {
      process.kill();
      task.tries -= ending.kind === 'threw' ? TRIES : 1;
      if (this.closed) task.resolve(CANCELLED);
      else if (task.tries > 0) this.waiting.push(task);
      else task.resolve(this.leave(task.job, ending));
    }
    this.release(process);
  }

  private leave({ file, text }: AnalysisJob, ending: Failed): Reading {
    const reading = { kind: 'unread', ...saidOf(ending) } as const;
    this.leftAlone.set(file, { digest: digestOf(text), reading });
    return reading;
  }
}

function saidOf(ending: Failed): { why: string; detail: string } {
  if (ending.kind === 'died') return { why: ending.why, detail: ending.detail };
  return { why: `cannot be read, which is a bug of Widthwise (${ending.message})`, detail: ending.stack };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
