import { join } from 'node:path';
import type { ModelCheck } from '@widthwise/protocol';
import { type CommandEnd, runCommand } from '../command-line.ts';
import { type ChosenPython, pythonFlags } from './interpreter.ts';
import type { Follow } from './with-progress.ts';

/** A model that is to be checked, and with what. */
export interface CheckRun {
  /** The command line that ships with the extension. */
  readonly server: string;
  readonly python: ChosenPython;
  /** To how many seeds a check goes on by itself; where nobody has said that, the project or the command does. */
  readonly mostSeeds?: number | undefined;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly follow?: Follow;
}

/** What became of a command that runs their code. */
export type Outcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: string };

/** A factory as `widthwise factory --json` tells it. */
export interface WrittenFactory {
  readonly file: string;
  /** Why it does not run as it stands; null where it does. */
  readonly why: string | null;
}

/** Writes a factory for a class beside its file, or finds the one that stands there. */
export async function factoryOf(
  file: string,
  className: string,
  run: CheckRun,
): Promise<Outcome<WrittenFactory>> {
  return outcomeOf(await command(['factory', `${file}:${className}`, '--write', '--json', '-'], run));
}

/** Trains what a factory makes at some widths, and judges it. */
export async function checkOf(target: string, run: CheckRun): Promise<Outcome<ModelCheck>> {
  const most = run.mostSeeds === undefined ? [] : ['--most-seeds', String(run.mostSeeds)];
  return outcomeOf(await command(['coord-check', '--python', target, ...most, '--json', '-'], run));
}

/** A place that the command line shows, as a path. */
export function pathIn(cwd: string, shown: string): string {
  return /^([\\/]|[A-Za-z]:)/.test(shown) ? shown : join(cwd, shown);
}

function command(
  args: readonly string[],
  { server, python, cwd, signal, follow }: CheckRun,
): Promise<CommandEnd> {
  const more = follow === undefined ? {} : { follow };
  return runCommand({ server, args: [...args, ...pythonFlags(python)], cwd, signal, ...more });
}

function outcomeOf<Result>({ code, stdout, stderr }: CommandEnd): Outcome<Result> {
  if (code === null || code === 130) return { kind: 'stopped' };
  if (stdout.trim() === '') {
    return { kind: 'failed', why: stderr.trim().replace(/^widthwise: /, '') || `it ended with code ${code}` };
  }
  // SAFETY: the command line that is bundled with the extension writes this type.
  return { kind: 'done', result: JSON.parse(stdout) as Result };
}
