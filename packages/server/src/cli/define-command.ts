import { InputError } from '../input/input-error.ts';
import type { Command, CommandIo } from './command.ts';
import type { CommandSpec } from './command-spec.ts';
import { commandHelp } from './help.ts';
import { type ParsedArgs, parseOptions } from './parse-options.ts';
import { page } from './terminal/prose.ts';
import { terminalOf } from './terminal/terminal.ts';

/** A command from its declaration and what it does: parsing and `--help` come with it. */
export function defineCommand(
  spec: CommandSpec,
  run: (args: ParsedArgs, io: CommandIo) => Promise<number>,
): Command {
  const help = commandHelp(spec);
  return {
    name: spec.name,
    summary: spec.summary,
    help,
    options: spec.options,
    async run(args, io) {
      const parsed = parseOptions(spec, args);
      if (parsed.has('help')) {
        io.stdout.write(page(help, terminalOf(io)));
        return 0;
      }
      try {
        return await run(parsed, io);
      } catch (error) {
        throw error instanceof InputError ? inFlags(spec, error) : error;
      }
    },
  };
}

/** The same refusal in the words of the command line. */
function inFlags({ options }: CommandSpec, error: InputError): InputError {
  const flagOf = (field: string): string =>
    `--${options.find((option) => (option.field ?? option.name) === field)?.name ?? field}`;
  return new InputError(null, error.sentence(flagOf));
}
