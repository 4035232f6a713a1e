import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { totalmem } from 'node:os';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import type { RunRecord } from './coordinates/run-record.ts';
import { killAll } from './kill-all.ts';
import { withMark } from './marked-processes.ts';
import {
  type FailureRecord,
  type ProbeRecord,
  type ReadyRecord,
  readRecord,
  type WidthRecord,
  type WrittenRecord,
} from './probe-record.ts';
import type { RateRun } from './rates/rate-record.ts';

/** What the probe is asked: what is built, or also what it does in a few steps, or at some rates; or a factory for a class. */
export type ProbeQuestion =
  | { readonly asks: 'explain' }
  | FactoryQuestion
  | CoordinatesQuestion
  | { readonly asks: 'rates'; readonly steps: number };

/** What coordinates do in a few steps. */
export interface CoordinatesQuestion {
  readonly asks: 'coordinates';
  readonly seeds: number;
  readonly steps: number;
  /** The width at which depths are built; without it widths are. */
  readonly at?: number | undefined;
  /** Whether further seeds are asked for once these have ended. */
  readonly mayGoOn?: boolean;
}

/** A factory to be written. */
export interface FactoryQuestion {
  readonly asks: 'factory';
  readonly model: string;
  /** The names that the analyser takes for widths of the class, and where it takes none, those that might be. */
  readonly evident: readonly string[];
  readonly candidates: readonly string[];
  /** What of attention grows with the width; undefined where nobody says. */
  readonly headScaling?: 'head-dim' | 'head-count' | undefined;
  /** The file that it is written to, which is told in it. */
  readonly target: string;
}

/** What is built, and with what. */
export interface ProbeRequest {
  readonly question: ProbeQuestion;
  readonly file: string;
  readonly factory: string;
  readonly widths: readonly number[];
  readonly interpreter: string;
  /** What starts the interpreter, with `{}` where its command stands; null where it is started as it is. */
  readonly launch: readonly string[] | null;
  readonly cwd: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
  readonly heard?: (record: ProbeRecord) => void;
  /**
   * What to train next, asked once all before has ended: of rates a run, of coordinates so many seeds in all; null where
   * nothing is left.
   */
  readonly next?: () => RateRun | number | null;
}

/** What ran a factory. */
export interface Versions {
  readonly python: string;
  /** Null where its models are of other libraries. */
  readonly torch: string | null;
  /** All that they are made with, each with its version. */
  readonly libraries: string;
}

/** What a factory built, as far as it did. */
export interface Probed {
  readonly widths: readonly WidthRecord[];
  /** Of a coordinate check; a width and a seed each. */
  readonly runs: readonly RunRecord[];
  /** The factory that was asked for. */
  readonly written: WrittenRecord | null;
  /** What was asked for and is not there. */
  readonly failures: readonly FailureRecord[];
  readonly versions: Versions | null;
}

/** The probe, as the build joins it. */
export const PROBE: string = fileURLToPath(new URL('./probe.py', import.meta.url));

/** The share of the machine's memory that a factory may take, and at most so many bytes. */
const MEMORY_SHARE = 0.75;
const MOST_MEMORY = 16e9;
const MOST_THREADS = 4;
const NARROW = 512;
/** So much is kept of what the process prints. */
const LAST_WORDS = 4000;

/**
 * Runs the probe on a factory in a process of its own, with all that it starts killed behind it. Widths that were built
 * stay, whatever became of the others.
 *
 * @throws InputError where the interpreter cannot be run
 */
export async function runProbe(request: ProbeRequest): Promise<Probed> {
  const { interpreter, launch, cwd, signal, seconds } = request;
  const line = [interpreter, '-u', PROBE, order(request)];
  const [program = interpreter, ...args] = (launch ?? ['{}']).flatMap((word) =>
    word === '{}' ? line : [word],
  );
  const mark = randomUUID();
  const child = spawn(program, args, {
    cwd,
    env: withMark(launch === null ? { ...environment(), ...ON_CPU } : environment(), mark),
    // A group of its own, so that what the factory starts ends with it.
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const records: ProbeRecord[] = [];
  let words = '';
  let isLate = false;
  /** The width of the run that was asked for last. */
  let inHand: number | undefined;
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-LAST_WORDS);
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const record = readRecord(line);
    if (record === null) return;
    records.push(record);
    request.heard?.(record);
    if (record.event !== 'waiting') return;
    const wanted = request.next?.() ?? null;
    inHand = typeof wanted === 'number' ? undefined : wanted?.[0];
    child.stdin.write(`${JSON.stringify(wanted)}\n`);
  });
  const clock = setTimeout(() => {
    isLate = true;
    killAll(child, mark);
  }, seconds * 1000);
  const stop = (): void => killAll(child, mark);
  signal.addEventListener('abort', stop, { once: true });
  process.on('exit', stop);
  try {
    const code = await ended(child, { program, field: launch === null ? 'interpreter' : 'launch' });
    const why = isLate ? lateWords(seconds) : endedWords(code, words);
    return probed(records, request, { why, width: inHand });
  } finally {
    clearTimeout(clock);
    signal.removeEventListener('abort', stop);
    process.off('exit', stop);
    killAll(child, mark);
  }
}

function order({ question, file, factory, widths }: ProbeRequest): string {
  return JSON.stringify({
    ...question,
    file,
    factory,
    widths,
    memory: Math.round(Math.min(MEMORY_SHARE * totalmem(), MOST_MEMORY)),
    threads: threadsFor('at' in question && question.at !== undefined ? [question.at] : widths),
  });
}

/** How many threads train networks of these widths: narrow ones lose more by sharing work than they gain. */
export function threadsFor(widths: readonly number[]): number {
  return Math.max(0, ...widths) <= NARROW ? 1 : MOST_THREADS;
}

const ON_CPU = { CUDA_VISIBLE_DEVICES: '', JAX_PLATFORMS: 'cpu' };

/** From what is on this machine, and nothing left in the user's folders. */
function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    // The first step would pull in a compiler.
    TORCHDYNAMO_DISABLE: '1',
    TRANSFORMERS_OFFLINE: '1',
    WANDB_MODE: 'disabled',
  };
}

/** Resolves when the process has ended and all that it wrote is read. */
function ended(
  child: ChildProcess,
  { program, field }: { readonly program: string; readonly field: 'interpreter' | 'launch' },
): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new InputError(field, `${quoted(program)} cannot be run (${error.code ?? error.message})`)),
    );
    child.once('exit', () => {
      // What it started may hold its output open, and what a factory prints goes to the other one.
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, 1000).unref();
    });
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
}

function lateWords(seconds: number): string {
  return `it is not done after ${seconds} s: build a smaller model, or give it more time with --timeout`;
}

function endedWords(code: number | NodeJS.Signals | null, words: string): string {
  const last = words.trim().split('\n').at(-1) ?? '';
  const how =
    typeof code === 'number' ? `ended with exit code ${code}` : `was killed by ${code ?? 'a signal'}`;
  return `its process ${how}${last === '' ? '' : `: ${last}`}`;
}

/** What fails at one width, and leaves the others. */
const OF_A_WIDTH: readonly FailureRecord['stage'][] = ['width', 'run', 'rate'];

/**
 * What was heard, with what is said of widths that nothing was heard of.
 *
 * @param ending how the process ended, and the width that it was at where rates are searched
 */
export function probed(
  records: readonly ProbeRecord[],
  request: Pick<ProbeRequest, 'widths' | 'question'>,
  ending: { readonly why: string; readonly width?: number | undefined },
): Probed {
  const built = records.filter((record) => record.event === 'width');
  const runs = records.filter((record) => record.event === 'run');
  const failed = records.filter((record) => record.event === 'failed');
  const ready = records.find((record) => record.event === 'ready');
  const isWhole =
    failed.some(({ stage }) => !OF_A_WIDTH.includes(stage)) || records.some(({ event }) => event === 'done');
  const open = request.widths.find((width) =>
    request.question.asks === 'rates'
      ? width === ending.width
      : !isMeasured(width, request.question, { built, runs }) &&
        failed.every((record) => record.width !== width),
  );
  // What takes too much memory does not know what it was asked for.
  const failures = failed
    .map((record) => (record.stage === 'memory' ? { ...record, width: open } : record))
    // What cannot be built can neither be explained nor trained.
    .filter(
      (one, at, all) => all.findIndex(({ width, why }) => width === one.width && why === one.why) === at,
    );
  const isMissing =
    open !== undefined || request.question.asks === 'factory' || request.question.asks === 'rates';
  const lost: readonly FailureRecord[] =
    isWhole || !isMissing
      ? []
      : [{ event: 'failed', stage: ready === undefined ? 'torch' : 'width', why: ending.why, width: open }];
  return {
    widths: built,
    runs,
    written: records.find((record) => record.event === 'written') ?? null,
    failures: [...failures, ...lost],
    versions: ready === undefined ? null : versionsOf(ready),
  };
}

function versionsOf({ python, torch, libraries }: ReadyRecord): Versions {
  return { python, torch, libraries: libraries ?? `torch ${torch}` };
}

/** Whether all that was asked of a width is there. */
function isMeasured(
  width: number,
  question: ProbeQuestion,
  { built, runs }: { readonly built: readonly WidthRecord[]; readonly runs: readonly RunRecord[] },
): boolean {
  const of = ({ width: own }: { readonly width: number }) => own === width;
  return question.asks === 'coordinates' ? runs.filter(of).length >= question.seeds : built.some(of);
}
