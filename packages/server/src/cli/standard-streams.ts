import { createWriteStream, fstatSync } from 'node:fs';
import process from 'node:process';
import type { CommandIo } from './command.ts';

/** Where a process writes, and whether that arrived. */
export interface StandardStreams extends Pick<CommandIo, 'stdout' | 'stderr'> {
  /**
   * Waits for all that was written.
   *
   * @returns the code of what kept standard output from being whole, `ENOSPC`; null where nothing did, and where its
   *   reader has left: `widthwise … | head` has read what it wanted
   */
  settled(): Promise<string | null>;
}

/** Standard output and error of this process; an error of theirs ends nothing. */
export function standardStreams(): StandardStreams {
  const stdout = wholeOutput();
  let failure: string | null = null;
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') failure ??= code ?? message;
  });
  // Where errors are said is the one place whose own cannot be.
  process.stderr.on('error', () => {});
  return {
    stdout,
    stderr: process.stderr,
    async settled() {
      // A stream that has failed calls nobody back.
      const failed = new Promise<void>((resolve) => void stdout.once('error', () => resolve()));
      const flushed = new Promise<void>((resolve) => void stdout.write('', () => resolve()));
      if (failure === null) await Promise.race([failed, flushed]);
      return failure;
    },
  };
}

/** Node's own stream to a file drops what a full disk takes only half of, without an error. */
function wholeOutput(): CommandIo['stdout'] {
  const entry = fstatSync(1);
  if (!entry.isFile() && !entry.isCharacterDevice()) return process.stdout;
  return process.stdout.isTTY ? process.stdout : createWriteStream('', { fd: 1, autoClose: false });
}
