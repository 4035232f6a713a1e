import process from 'node:process';
import { didYouMean, quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import { VERSION } from '../version.ts';
import type { Command, CommandIo } from './command.ts';
import { UNUSABLE } from './exit-code.ts';
import { overview } from './help.ts';
import { processInterruption } from './interruption.ts';
import { standardStreams } from './standard-streams.ts';
import { page } from './terminal/prose.ts';
import { say } from './terminal/say.ts';
import { terminalOf } from './terminal/terminal.ts';

/** Commands load when they are called, so that `lint` does not pay for training. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./commands/lint.ts')).lint,
  explain: async () => (await import('./commands/explain.ts')).explain,
  config: async () => (await import('./commands/config.ts')).config,
  init: async () => (await import('./commands/init.ts')).init,
  classify: async () => (await import('./commands/classify.ts')).classify,
  compare: async () => (await import('./commands/compare.ts')).compare,
  check: async () => (await import('./commands/check.ts')).check,
  'coord-check': async () => (await import('./commands/coord-check.ts')).coordCheck,
  factory: async () => (await import('./commands/factory.ts')).factory,
  engines: async () => (await import('./commands/engines.ts')).engines,
  limit: async () => (await import('./commands/limit.ts')).limit,
  transfer: async () => (await import('./commands/transfer.ts')).transfer,
  mcp: async () => (await import('./commands/mcp.ts')).mcp,
  serve: async () => (await import('./commands/serve.ts')).serve,
};

/** Runs `widthwise ARGS…` and answers its exit code; says every failure in one line. */
export async function main(args: readonly string[]): Promise<number> {
  const { env, stdin } = process;
  const { stdout, stderr, settled } = standardStreams();
  const io = { stdin, stdout, stderr, env, interruption: processInterruption() };
  const code = await answer(args, io);
  const unwritten = await settled();
  if (unwritten === null) return code;
  say(io, `standard output cannot be written (${unwritten}): what was printed is not whole`);
  return UNUSABLE;
}

async function answer(args: readonly string[], io: Omit<CommandIo, 'cwd'>): Promise<number> {
  try {
    return await dispatch(args, { ...io, cwd: workingFolder() });
  } catch (error) {
    if (io.env['WIDTHWISE_DEBUG'] && error instanceof Error) {
      io.stderr.write(`${page(String(error.stack), terminalOf(io))}\n`);
    } else say(io, sentenceOf(error));
    // 1 would say that something was found or has failed its check.
    return UNUSABLE;
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
    const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
    io.stdout.write(page(overview(commands), terminalOf(io)));
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

/** One line for whatever was thrown. */
function sentenceOf(error: unknown): string {
  if (error instanceof InputError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split('\n')[0]} (WIDTHWISE_DEBUG=1 shows where)`;
}

function workingFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new InputError(null, 'the current folder does not exist any more');
  }
}
