import { didYouMean, quoted, quotedJson } from '@widthwise/core';
import * as v from 'valibot';

/** Characters of a value that a sentence quotes. */
const MOST_SHOWN = 80;

/** What does not fit its schema. */
export interface Misfit {
  /** Where, `rules.MUP101`; empty for the whole. */
  readonly field: string;
  /** `expected a text, got 3`. */
  readonly problem: string;
  /** The keys on the way there, and one that is too many. */
  readonly keys: readonly string[];
}

/** One sentence of a misfit. */
export function misfitSentence({ field, problem }: Misfit): string {
  return field === '' ? problem : `${field}: ${problem}`;
}

/**
 * Reads a value that came from outside, made of the schemas of this file.
 *
 * @returns what was read, or the first thing that does not fit
 */
export function readBySchema<Output>(
  schema: Schema<Output>,
  value: unknown,
): { readonly output: Output } | { readonly misfit: Misfit } {
  const result = v.safeParse(schema, value, { abortEarly: true });
  return result.success ? { output: result.output } : { misfit: misfitOf(result.issues[0]) };
}

/** More misfits of one value are not told. */
const MOST_MISFITS = 20;

/** The same, with everything that does not fit, as of a file that somebody mends. */
export function readWholly<Output>(
  schema: Schema<Output>,
  value: unknown,
): { readonly output: Output } | { readonly misfits: readonly Misfit[] } {
  const result = v.safeParse(schema, value);
  return result.success
    ? { output: result.output }
    : { misfits: result.issues.slice(0, MOST_MISFITS).map(misfitOf) };
}

function misfitOf({ path, message }: v.BaseIssue<unknown>): Misfit {
  // A key that does not exist is the table's fault, and the message names it.
  const keys = path?.filter(({ origin }) => origin !== 'key').map(({ key }) => key) ?? [];
  const field = keys.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}${place && '.'}${String(key)}`),
    '',
  );
  const names = path?.flatMap(({ key }) => (typeof key === 'string' ? [key] : [])) ?? [];
  return { field, problem: message, keys: names };
}

/** A schema for anything from outside. */
export type Schema<Output> = v.GenericSchema<unknown, Output>;

export const TEXT: Schema<string> = v.string(expected('a text'));

export const SWITCH: Schema<boolean> = v.boolean(expected('true or false'));

export const TEXTS: Schema<string[]> = v.array(TEXT, expected('a list of texts'));

/** @param names how sentences call a choice of which there are many, and which of them they list */
export function oneOf<Choice extends string>(choices: readonly Choice[], names?: KeyWords): Schema<Choice> {
  const problem =
    names === undefined
      ? expected(`one of ${choices.join(', ')}`)
      : ({ input }: { readonly input: unknown }) => noSuchKey(names, input, choices);
  return v.picklist(choices, problem);
}

/** How sentences call a name, `setting`, and which they list where it is not known; all of them unless this says so. */
interface KeyWords {
  readonly noun: string;
  readonly known?: readonly string[];
}

/** How the sentences about a table call it, `a table of settings`, and its keys. */
interface TableWords extends KeyWords {
  readonly what: string;
}

/** A table with these keys and no other. */
export function table<Entries extends v.ObjectEntries>(
  entries: Entries,
  words: TableWords,
): Schema<v.InferOutput<v.StrictObjectSchema<Entries, undefined>>> {
  const keys = Object.keys(entries);
  const problem = (issue: { readonly expected: string | null; readonly input: unknown }): string =>
    issue.expected === 'never'
      ? noSuchKey(words, issue.input, keys)
      : `${issue.expected?.replaceAll('"', '')} is missing`;
  return v.pipe(tableSchema(words.what), noPassedOver(words, keys), v.strictObject(entries, problem));
}

/** A table with at least these keys, whatever else it holds. */
export function openTable<Entries extends v.ObjectEntries>(
  entries: Entries,
  what: string,
): Schema<v.InferOutput<v.LooseObjectSchema<Entries, undefined>>> {
  const missing = (issue: { readonly expected: string | null }): string =>
    `${issue.expected?.replaceAll('"', '')} is missing`;
  return v.pipe(v.custom<object>(isTable, expected(what)), v.looseObject(entries, missing));
}

/** A table from some of these keys to values of one kind. */
export function tableOf<Output>(
  keys: readonly string[],
  value: Schema<Output>,
  words: TableWords,
): Schema<Record<string, Output>> {
  const key = v.picklist(keys, ({ input }) => noSuchKey(words, input, keys));
  return v.pipe(tableSchema(words.what), noPassedOver(words, keys), v.record(key, value));
}

/** A table from any keys to values of one kind. */
export function freeTable<Output>(value: Schema<Output>, what: string): Schema<Record<string, Output>> {
  return v.pipe(tableSchema(what), noPassedOver({ noun: 'key' }, []), v.record(v.string(), value));
}

function tableSchema(what: string): Schema<object> {
  return v.custom<object>(isTable, expected(what));
}

/** Keys that a schema passes over in silence, as they are those of every object. */
const PASSED_OVER = ['__proto__', 'constructor', 'prototype'];

type PassedOver = (issue: v.CheckIssue<object>) => string;

function noPassedOver(words: KeyWords, keys: readonly string[]): v.CheckAction<object, PassedOver> {
  const found = (table: object): string | undefined => PASSED_OVER.find((key) => Object.hasOwn(table, key));
  return v.check(
    (table: object) => found(table) === undefined,
    ({ input }) => noSuchKey(words, found(input), keys),
  );
}

function noSuchKey({ noun, known }: KeyWords, key: unknown, keys: readonly string[]): string {
  const there = known ?? keys;
  const listed = there.length === 0 ? '' : `; there are ${there.join(', ')}`;
  return `there is no ${noun} ${quoted(String(key), MOST_SHOWN)}${didYouMean(String(key), there)}${listed}`;
}

/** What a value should be, with what it is: a message of a schema. */
export function expected(what: string): (issue: { readonly input: unknown }) => string {
  return ({ input }) => `expected ${what}, got ${quotedJson(input, MOST_SHOWN)}`;
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
