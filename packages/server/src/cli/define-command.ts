import type { Command, CommandIo } from './command.ts';
import type { CommandSpec } from './command-spec.ts';
import { commandHelp } from './help.ts';
import { type ParsedArgs, parseOptions } from './parse-options.ts';

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
    run(args, io) {
      const parsed = parseOptions(spec, args);
      if (!parsed.has('help')) return run(parsed, io);
      io.stdout.write(help);
      return Promise.resolve(0);
    },
  };
}
