import type { OptionSpec } from './command-spec.ts';
import type { Interruption } from './interruption.ts';

/** Where a command reads and writes, and how it learns that it should stop; a test passes its own. */
export interface CommandIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WritableStream & { readonly columns?: number; readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly columns?: number; readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly interruption: Interruption;
}

/** One word after `widthwise`. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** The whole of `--help`. */
  readonly help: string;
  /** Its flags; docs/cli.md is checked against them. */
  readonly options?: readonly OptionSpec[];
  /** Answers the exit code: 0 fine, 1 findings or a failed check, 130 interrupted. Throws InputError for exit 2. */
  run(args: readonly string[], io: CommandIo): Promise<number>;
}
