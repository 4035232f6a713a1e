import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import type { Answered, Asked } from './judge-process.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** How many of this process there have been. */
let opened = 0;

/** As an analyser process has them. */
const HEAP_MB = 320;
const YOUNG_MB = 32;
const MOST_RSS = 2_000_000_000;
const PAGE = 4096;

/** How a process ended that was judging. */
interface Death {
  readonly died: 'hang' | 'memory' | 'abort';
  readonly why: string;
}

/** What happened to one input. */
export type Outcome = Answered | Death;

/**
 * A process that judges one input after the other, so that an input that hangs or kills it is one failure and not the
 * end of the run. It starts again when it has died.
 */
export class Isolate {
  readonly #script: string;
  #child: ChildProcess | null = null;
  #errors = '';
  #turn: Promise<unknown> = Promise.resolve();
  readonly #killed = () => this.#kill();

  private constructor(script: string) {
    this.#script = script;
    process.once('exit', this.#killed);
  }

  /** Bundles the judges with the sources of the packages. */
  static async open(): Promise<Isolate> {
    const script = join(ROOT, '.cache/fuzz', `judge-${process.pid}-${opened++}.mjs`);
    await build({
      entryPoints: [join(import.meta.dirname, 'judge-process.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      conditions: ['widthwise-source'],
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url); const __filename = import.meta.filename;",
      },
      define: { WIDTHWISE_VERSION: '"fuzz"' },
      logLevel: 'error',
    });
    return new Isolate(script);
  }

  /** Judges inputs together, and one by one where that does not end well. Who calls meanwhile waits for its turn. */
  judge(asked: Asked, timeoutMs: number): Promise<readonly Outcome[]> {
    const outcomes = this.#turn.then(() => this.#judge(asked, timeoutMs));
    this.#turn = outcomes.catch(() => {});
    return outcomes;
  }

  async #judge({ judge, inputs }: Asked, timeoutMs: number): Promise<readonly Outcome[]> {
    const together = await this.#ask({ judge, inputs }, timeoutMs);
    if (!('died' in together)) return together;
    if (inputs.length === 1) return [together];
    const outcomes: Outcome[] = [];
    for (const input of inputs) outcomes.push(...(await this.#judge({ judge, inputs: [input] }, timeoutMs)));
    return outcomes;
  }

  async #ask(asked: Asked, timeoutMs: number): Promise<readonly Answered[] | Death> {
    this.#child ??= this.#start();
    const child = this.#child;
    return new Promise((resolve) => {
      const end = (outcome: readonly Answered[] | Death): void => {
        clearTimeout(timer);
        clearInterval(watch);
        child.removeAllListeners('message').removeAllListeners('exit');
        if ('died' in outcome) this.#kill();
        resolve(outcome);
      };
      const late: Death = { died: 'hang', why: `no end in ${timeoutMs / 1000} s` };
      const timer = setTimeout(() => end(late), timeoutMs);
      const watch = setInterval(() => {
        const rss = rssOf(child);
        if (rss > MOST_RSS) end({ died: 'memory', why: `${Math.round(rss / 1e6)} MB` });
      }, 200);
      child.once('message', (answers: readonly Answered[]) => end(answers));
      child.once('exit', (code, signal) =>
        end({ died: 'abort', why: `${signal ?? `exit ${code}`} ${this.#errors.trim().slice(-800)}` }),
      );
      child.send(asked);
    });
  }

  /** Ends the process; what it was bundled to goes with it. */
  async close(): Promise<void> {
    this.#kill();
    process.removeListener('exit', this.#killed);
    await rm(this.#script, { force: true });
  }

  #start(): ChildProcess {
    const child = fork(this.#script, [], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${YOUNG_MB}`],
      serialization: 'advanced',
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#errors = '';
    child.stderr?.on('data', (chunk) => {
      this.#errors = `${this.#errors}${chunk}`.slice(-4000);
    });
    return child;
  }

  /** With all that it started: its process group. */
  #kill(): void {
    const child = this.#child;
    this.#child = null;
    if (child?.pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
    } catch (error) {
      // Gone already.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** What a process holds; 0 where the system does not tell. */
function rssOf({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/statm`;
  if (!existsSync(file)) return 0;
  return Number(readFileSync(file, 'utf8').split(' ')[1]) * PAGE;
}
