import { type ChildProcess, fork } from 'node:child_process';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';
import { UNWANTED_FD } from './parent-watch.ts';
import { limitTime } from './time-limit.ts';

/** How an order ended: with its answer, or with the process. `why` is one clause behind the file's name. */
export type OrderEnding =
  | Exclude<AnalyserMessage, { kind: 'ready' }>
  | { readonly kind: 'died'; readonly why: string; readonly detail: string };

/** What bounds an analyser process. */
export interface ProcessLimits {
  /** Of work on one text. */
  readonly timeMs: number;
  /** Of V8's heap. */
  readonly memoryMb: number;
}

/** Room for what an analysis makes, which next to nothing of outlives it: with twice as much a process is larger and no faster. */
const YOUNG_MB = 16;

/** With what Node runs an analyser: nothing of the parent's loaders or flags belongs there. */
export function analyserFlags({ memoryMb }: Pick<ProcessLimits, 'memoryMb'>): readonly string[] {
  return [`--max-old-space-size=${memoryMb}`, `--max-semi-space-size=${YOUNG_MB}`];
}

/** So much is kept of what a process says when it dies. */
const LAST_WORDS = 2000;
const LOADING_MS = 60_000;

/**
 * One process that analyses one text at a time.
 *
 * A process and not a thread: whatever limits a thread has, V8 aborts the whole process where a single allocation is too
 * large for the heap, or for an array or string at all.
 */
export class AnalyserProcess {
  /** False once the process has ended or is about to. */
  alive = true;
  /** Resolves to whether the analyser was loaded. */
  readonly loaded: Promise<boolean>;
  readonly ended: Promise<void>;
  lastWords = '';
  private readonly child: ChildProcess;
  private readonly unwanted: Writable;
  private orders = 0;
  private readonly limits: ProcessLimits;

  constructor(entry: URL, limits: ProcessLimits) {
    this.limits = limits;
    this.child = fork(fileURLToPath(entry), {
      execArgv: [...analyserFlags(limits)],
      // Standard output may be the editor's.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
      serialization: 'advanced',
    });
    this.child.stderr?.setEncoding('utf8').on('data', (words: string) => {
      this.lastWords = (this.lastWords + words).slice(0, LAST_WORDS);
    });
    // SAFETY: what is piped to the child can be written to.
    this.unwanted = this.child.stdio[UNWANTED_FD] as Writable;
    // Where nothing can be said any more, the process is gone, and says so.
    this.unwanted.on('error', () => {});
    const killOnExit = (): void => this.kill();
    process.on('exit', killOnExit);
    this.ended = new Promise((resolve) => {
      const ended = (): void => {
        this.alive = false;
        process.off('exit', killOnExit);
        resolve();
      };
      this.child.once('close', ended).once('error', ended);
    });
    this.loaded = this.load();
  }

  /** Resolves when the text is analysed, nobody wants it any more or the process has ended over it; never rejects. */
  run(job: Omit<AnalysisOrder, 'number'>, signal?: AbortSignal): Promise<OrderEnding> {
    const { child, unwanted } = this;
    const number = ++this.orders;
    const callOff = (): void => void unwanted.write(`${number}\n`);
    if (!this.alive) return Promise.resolve(this.died('nothing to say'));
    return new Promise((resolve) => {
      let late = false;
      const stopClock = limitTime(child.pid!, this.limits.timeMs, () => {
        late = true;
        this.kill();
      });
      const settle = (ending: OrderEnding): void => {
        stopClock();
        signal?.removeEventListener('abort', callOff);
        child.off('message', settle).off('close', onClose);
        resolve(ending);
      };
      // After `exit` standard error has not always been read to its end; after `close` it has.
      const onClose = (code: number | null, signal: NodeJS.Signals | null): void =>
        settle(late ? this.tookTooLong() : this.died(signal ?? `code ${code}`));
      child.on('message', settle).on('close', onClose);
      // Where it cannot be sent, the process is gone, and says so.
      const order: AnalysisOrder = { ...job, number };
      child.send(order, () => {});
      signal?.addEventListener('abort', callOff, { once: true });
    });
  }

  kill(): void {
    this.alive = false;
    this.child.kill('SIGKILL');
  }

  private load(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.kill(), LOADING_MS);
      const settle = (loaded: boolean): void => {
        clearTimeout(timer);
        resolve(loaded);
      };
      this.child.once('message', () => settle(true));
      this.child
        .once('close', () => settle(false))
        .once('error', ({ message }) => {
          this.lastWords ||= message;
          settle(false);
        });
    });
  }

  private tookTooLong(): OrderEnding {
    const why = `takes longer than ${this.limits.timeMs / 1000} s to read`;
    return { kind: 'died', why, detail: `the analyser was ended: the file ${why}` };
  }

  private died(how: string): OrderEnding {
    const outOfMemory = /out of memory|invalid size|invalid array length/i.test(this.lastWords);
    const why = outOfMemory
      ? `takes more memory to read than there is for one file (${this.limits.memoryMb} MB)`
      : `ends the analyser (${how}), which is a bug of Widthwise`;
    return { kind: 'died', why, detail: `the analyser ended with ${how}: ${this.lastWords.trim()}` };
  }
}
