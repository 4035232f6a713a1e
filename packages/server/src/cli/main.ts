import process from 'node:process';
import { didYouMean, quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import { VERSION } from '../version.ts';
import type { Command, CommandIo } from './command.ts';
import { overview } from './help.ts';

/** Commands load when they are called, so that `lint` does not pay for training. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  explain: async () => (await import('./commands/explain.ts')).explain,
  classify: async () => (await import('./commands/classify.ts')).classify,
  compare: async () => (await import('./commands/compare.ts')).compare,
  'coord-check': async () => (await import('./commands/coord-check.ts')).coordCheck,
  serve: async () => (await import('./commands/serve.ts')).serve,
};

/** Runs `widthwise ARGS…` and answers its exit code; says every failure in one line. */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = new AbortController();
  // Once: a second Ctrl-C meets the default and kills.
  process.once('SIGINT', () => interrupt.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', leaveOnClosedPipe);
  try {
    const { stdout, stderr, env } = process;
    return await dispatch(args, { stdout, stderr, env, cwd: workingFolder(), signal: interrupt.signal });
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return error instanceof InputError ? 2 : 1;
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
  throw new InputError(
    null,
    `unknown ${what} ${quoted(name)}${didYouMean(name, known)}; the commands are ${known.join(', ')}`,
  );
}

/** `widthwise … | head` closes the pipe early: nobody is left to write to, and that is no failure. */
function leaveOnClosedPipe(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
}

/** One line for whatever was thrown; WIDTHWISE_DEBUG has the stack as well. */
function sentenceOf(error: unknown): string {
  if (process.env['WIDTHWISE_DEBUG'] && error instanceof Error) return String(error.stack);
  if (error instanceof InputError) return `widthwise: ${error.message}`;
  const message = error instanceof Error ? error.message : String(error);
  return `widthwise: ${message.split('\n')[0]} (WIDTHWISE_DEBUG=1 shows where)`;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new InputError(null, 'the current folder does not exist any more');
  }
}
