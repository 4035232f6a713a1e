import {
  type AnyField,
  type AnyFields,
  type Asked,
  defaultText,
  type Fields,
  readField,
} from '@widthwise/core';
import { commandArguments } from '../lab/experiments/command-arguments.ts';
import { inputErrors } from '../lab/experiments/input-errors.ts';
import type { OptionSpec } from './command-spec.ts';
import type { ParsedArgs } from './parse-options.ts';

/** The options of an experiment's parameters, in the order of its fields. */
export function optionsOf<Params>(fields: Fields<Params>): OptionSpec[] {
  return Object.entries(fields as AnyFields).map(([name, field]) => optionOf(name, field));
}

/** The option of one field. */
export function optionOf(name: string, field: AnyField): OptionSpec {
  const { flag, value, says } = field;
  return { name: flag, field: name, value, summary: says, fallback: defaultText(field) };
}

/** What was asked for, without what was left out; its ranges are checked where it is used. @throws InputError */
export function askedOf<Params>(fields: Fields<Params>, args: ParsedArgs): Asked<Params> {
  const given = Object.entries(fields as AnyFields).flatMap(([name, field]) => {
    const text = args.value(field.flag);
    return text === undefined ? [] : [[name, inputErrors(() => readField(name, field, text))] as const];
  });
  // SAFETY: every entry was read as its field says.
  return Object.fromEntries(given) as Asked<Params>;
}

/** The command that asks for the same again: what was asked for, and no default. */
export function commandLineOf<Params>(command: string, fields: Fields<Params>, asked: Asked<Params>): string {
  return ['widthwise', ...commandArguments(command, fields as AnyFields, asked).map(shellWord)].join(' ');
}

/** As a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
