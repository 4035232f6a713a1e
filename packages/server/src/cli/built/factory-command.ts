import { basename } from 'node:path';
import { shellWord } from '../options-of.ts';
import type { ParsedArgs } from '../parse-options.ts';

/** What runs the user's code goes on to the next command as it is. */
const RUNNING = ['interpreter', 'launch'] as const;

/** What the `factory` command begins the names of its files with. */
export const WRITTEN_PREFIX = 'widthwise_';
/** What it calls what it writes. */
export const WRITTEN_FACTORY = 'make';

/** The command that asks something of a factory, run as this one was; only what is not the default is said. */
export function factoryCommand(
  name: string,
  { file, factory }: { readonly file: string; readonly factory: string },
  { args, given = {} }: { readonly args: ParsedArgs; readonly given?: Readonly<Record<string, Given>> },
): string {
  const own = Object.entries(given).flatMap(([flag, { value, fallback }]) =>
    String(value) === String(fallback) ? [] : [`--${flag}`, String(value)],
  );
  const running = RUNNING.flatMap((flag) => {
    const value = args.value(flag);
    return value === undefined ? [] : [`--${flag}`, value];
  });
  return ['widthwise', name, '--python', `${file}:${factory}`, ...own, ...running].map(shellWord).join(' ');
}

/** A flag's value, and what holds without it. */
interface Given {
  readonly value: number | string | readonly number[];
  readonly fallback: number | string | readonly number[];
}

/** A flag that is said where it was given. */
export function asGiven(args: ParsedArgs, flag: string): Given {
  return { value: args.value(flag) ?? '', fallback: '' };
}

/** What files about a factory are called after: its file, and itself where that is not the one that is written for a class. */
export function factoryStem({ file, factory }: { readonly file: string; readonly factory: string }): string {
  const own = basename(file, '.py');
  const stem = own.startsWith(WRITTEN_PREFIX) ? own.slice(WRITTEN_PREFIX.length) : own;
  return factory === WRITTEN_FACTORY ? stem : `${stem}-${factory}`;
}
