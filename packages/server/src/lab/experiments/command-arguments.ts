import { type AnyFields, fieldText } from '@widthwise/core';

/** What the command line takes to ask for the same again: the command, then what was asked for, and no default. */
export function commandArguments(command: string, fields: AnyFields, asked: object): readonly string[] {
  const flags = Object.entries(asked).flatMap(([name, value]) => [
    `--${fields[name]!.flag}`,
    // SAFETY: what was asked for fits its field.
    fieldText(value as never),
  ]);
  return [command, ...flags];
}
