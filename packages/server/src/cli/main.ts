import process from 'node:process';
import { type Command, type CommandIo, UsageError } from './command.ts';

/** Commands load when they are called, so that `--help` and `lint` do not pay for training. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {};

/** Runs `widthwise ARGS…` and answers its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort());
  const io: CommandIo = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  };
  const [name = '--help', ...rest] = args;
  try {
    const load = COMMANDS[name];
    if (load === undefined) throw new UsageError(`unknown command '${name}'`);
    return await (await load()).run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`widthwise: ${error.message}\n`);
    return 2;
  }
}
