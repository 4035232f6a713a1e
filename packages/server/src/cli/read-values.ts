import { quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import type { ParsedArgs } from './parse-options.ts';

/** The number after a flag; undefined where it was not given. @throws InputError for anything else */
export function numberOf(args: ParsedArgs, name: string): number | undefined {
  const text = args.value(name);
  return text === undefined ? undefined : parseNumber(name, text);
}

/** A whole number from 1 on, or what holds where the flag was not given. @throws InputError for anything else */
export function countOf(
  args: ParsedArgs,
  name: string,
  { fallback, most }: { readonly fallback: number; readonly most: number },
): number {
  const value = numberOf(args, name) ?? fallback;
  if (!Number.isSafeInteger(value) || value < 1 || value > most) {
    throw new InputError(name, `expected a whole number from 1 to ${most}, got ${value}`);
  }
  return value;
}

/** The comma-separated words after a flag. */
export function wordsOf(args: ParsedArgs, name: string): string[] | undefined {
  return args
    .value(name)
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** The positive whole numbers after a flag, separated by commas. @throws InputError for anything else */
export function wholesOf(args: ParsedArgs, name: string): readonly number[] | undefined {
  return wordsOf(args, name)?.map((word) => {
    const value = parseNumber(name, word);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new InputError(name, `expected whole numbers above 0, got ${quoted(word)}`);
  });
}

/** The word after a flag that has a few choices. @throws InputError for any other */
export function choiceOf<Choice extends string>(
  args: ParsedArgs,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = args.value(name);
  const choice = choices.find((candidate) => candidate === text);
  if (text !== undefined && choice === undefined) {
    throw new InputError(name, `expected one of ${choices.join(', ')}, got ${quoted(text)}`);
  }
  return choice;
}

function parseNumber(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new InputError(name, `expected a number, got ${quoted(text)}`);
}
