/** One flag of a command, declared once: it is parsed, explained by `--help` and documented from here. */
export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  /** The parameter of an experiment that it gives; without it, it is known by its own name. */
  readonly field?: string;
  /** What stands for its value in help, `N,N,…`; a flag without one is on or off. */
  readonly value?: string;
  /** One clause of Markdown. */
  readonly summary: string;
  /** What holds when it is not given, in words. */
  readonly fallback?: string;
}

/** What a command is called with, declared once. */
export interface CommandSpec {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What follows the options, `PATH…`; a command without it takes nothing. */
  readonly operands?: string;
  readonly options: readonly OptionSpec[];
  /** Said below the options: one paragraph a string. */
  readonly notes?: readonly string[];
  readonly examples?: readonly string[];
}

const HELP: OptionSpec = { name: 'help', short: 'h', summary: 'print this text' };

/** Every flag that a command takes, `--help` last. */
export function allOptions(spec: CommandSpec): readonly OptionSpec[] {
  return [...spec.options, HELP];
}
