import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { InputError } from '../input/input-error.ts';

/** What every shell takes as it stands. */
const PLAIN_WORD = /^[\w@./:=-]+$/;

/** So much is kept of what a program prints. */
const LAST_WORDS = 8000;

export interface ProgramOptions {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  /** Has the system's shell find it: npm is a script on Windows, which no process can be made of. */
  readonly shell?: boolean;
}

/**
 * Runs a program to its end. @returns what it printed to standard output, its end if that is long
 *
 * @throws InputError where it is not there, or ends with anything but 0, with the last line that it said
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, signal, env = {}, shell = false }: ProgramOptions,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const words = [program, ...args];
    if (shell && !words.every((word) => PLAIN_WORD.test(word)))
      throw new RangeError(`runProgram: expected plain words for a shell, got ${words.join(' ')}`);
    const [command, rest] = shell ? [words.join(' '), []] : [program, args];
    const child = spawn(command, rest, {
      shell,
      cwd,
      signal,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [answer, said] = ['', ''];
    const hear = (stream: Readable, listen: (text: string) => void): void => {
      stream.setEncoding('utf8');
      stream.on('data', listen);
    };
    const note = (text: string): void => {
      said = (said + text).slice(-LAST_WORDS);
    };
    hear(child.stdout, (text) => {
      answer = (answer + text).slice(-LAST_WORDS);
      note(text);
    });
    hear(child.stderr, note);
    child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      const why = code === 'ENOENT' ? 'it is not on the PATH' : message;
      reject(new InputError(null, `${program} cannot be run: ${why}`));
    });
    child.once('close', (code) => {
      if (code === 0) resolve(answer.trim());
      else reject(new InputError(null, `${program} ${args[0] ?? ''} failed: ${lastLine(said)}`));
    });
  });
}

/** npm begins each of its last lines so, */
const OF_NPM = /^npm error (?:network |notarget |code )?/;
/** and says beside what is wrong where it happened, what it may be besides, and where the whole log is. */
const BESIDE =
  /complete log|proxy|In most cases|problem related|^npm error(?: network)?\s*$|^npm error (?:syscall|errno|\s)/;

/** The line that says why. */
function lastLine(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !BESIDE.test(line));
  return (
    lines.findLast((line) => /failed, reason/.test(line)) ??
    lines.findLast((line) => /error|not found|failed/i.test(line)) ??
    lines.at(-1) ??
    'it says nothing'
  )
    .replace(OF_NPM, '')
    .trim();
}
