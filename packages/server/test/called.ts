import { PassThrough, Readable } from 'node:stream';
import type { Command } from '../src/cli/command.ts';
import { processInterruption } from '../src/cli/interruption.ts';

/** What a command answered and wrote, called as in a pipe. */
export async function called(
  command: Command,
  args: readonly string[],
  cwd = '/',
  input = '',
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await command.run(args, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr,
    env: {},
    cwd,
    interruption: processInterruption(),
  });
  const written = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, stdout: written(stdout), stderr: written(stderr) };
}
