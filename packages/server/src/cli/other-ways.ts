import { InputError } from '../input/input-error.ts';
import type { CommandIo } from './command.ts';
import type { OptionSpec } from './command-spec.ts';
import type { ParsedArgs } from './parse-options.ts';

/** Another way to ask what a command asks, of something that is no plan of runs. */
export interface OtherWay {
  /** The flag that asks for it, first, and those that go with it. */
  readonly options: readonly [OptionSpec, ...OptionSpec[]];
  /** The flags of the command and of its other ways that it takes, too. */
  readonly takes: readonly string[];
  run(asked: string, args: ParsedArgs, io: CommandIo): Promise<number>;
}

/**
 * The way that is asked for; null for the command's own.
 *
 * @param options the command's own
 * @throws InputError for flags that do not go together
 */
export function askedWay(
  ways: readonly OtherWay[],
  options: readonly OptionSpec[],
  args: ParsedArgs,
): OtherWay | null {
  const asked = ways.find(({ options: [{ name }] }) => args.has(name)) ?? null;
  const all = [...options, ...ways.flatMap((way) => way.options)];
  const owners = asked === null ? options : asked.options;
  const taken = [...owners.map(({ name }) => name), ...(asked?.takes ?? [])];
  const stray = all.find(({ name }) => args.has(name) && !taken.includes(name));
  if (stray === undefined) return asked;
  if (asked !== null) throw new InputError(stray.name, `does not go with --${asked.options[0].name}`);
  const owner = ways.find((way) => way.options.some(({ name }) => name === stray.name));
  throw new InputError(stray.name, `goes with --${owner?.options[0].name} alone`);
}
