import process from 'node:process';
import { VERSION } from '../version.ts';
import { type Command, type CommandIo, UsageError } from './command.ts';
import { didYouMean } from './did-you-mean.ts';
import { overview } from './help.ts';

/** Commands load when they are called, so that `lint` does not pay for training. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  explain: async () => (await import('./commands/explain.ts')).explain,
  classify: async () => (await import('./commands/classify.ts')).classify,
  compare: async () => (await import('./commands/compare.ts')).compare,
  serve: async () => (await import('./commands/serve.ts')).serve,
};

/** Runs `widthwise ARGS…` and answers its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  // Once: a second Ctrl-C meets the default and kills.
  process.once('SIGINT', () => interrupt.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', leaveOnClosedPipe);
  return runCommand(args, {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  });
}

/** The same on streams of the caller's: never throws, and says every failure in one line. */
async function runCommand(args: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    const usage = error instanceof UsageError;
    if (io.env['WIDTHWISE_DEBUG'] && error instanceof Error) io.stderr.write(`${error.stack}\n`);
    else io.stderr.write(`widthwise: ${usage ? error.message : unexpected(error)}\n`);
    return usage ? 2 : 1;
  }
}

async function dispatch(args: readonly string[], io: CommandIo): Promise<number> {
  const [name = '--help', ...rest] = args;
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const wantsHelp = name === '--help' || name === '-h' || name === 'help';
  if (wantsHelp && rest[0] === undefined) {
    io.stdout.write(overview(await Promise.all(Object.values(COMMANDS).map((load) => load()))));
    return 0;
  }
  const command = await find(wantsHelp ? rest[0]! : name);
  return command.run(wantsHelp ? ['--help'] : rest, io);
}

function find(name: string): Promise<Command> {
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load !== undefined) return load();
  const known = Object.keys(COMMANDS);
  const what = name.startsWith('-') ? 'flag' : 'command';
  throw new UsageError(
    `unknown ${what} '${name}'${didYouMean(name, known)}; the commands are ${known.join(', ')}`,
  );
}

/** `widthwise … | head` closes the pipe early: nobody is left to write to, and that is no failure. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}

function unexpected(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split('\n')[0]} (WIDTHWISE_DEBUG=1 shows where)`;
}
