import { fork } from 'node:child_process';

/** What a run of a model of theirs has done: so many of so many runs, and a share of the work, which never goes back. */
export interface Done {
  readonly done: number;
  readonly total: number;
  readonly share: number;
}

/** A run of the command line that ships with the extension. */
export interface CommandRun {
  readonly server: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal?: AbortSignal;
  /** Its standard input. */
  readonly input?: string;
  readonly follow?: (done: Done) => void;
}

export interface CommandEnd {
  /** Null where it was ended from outside. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is kept of each stream: more than this nobody reads. */
const MOST_CHARACTERS = 4_000_000;

/** Runs a command to its end; what it is stopped by ends it with all that it started. */
export function runCommand({ server, args, cwd, signal, input, follow }: CommandRun): Promise<CommandEnd> {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = fork(server, args, { cwd, env, silent: true, execArgv: [], killSignal: 'SIGTERM' });
  const stop = (): void => void child.kill();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  child.on('message', (message: unknown) => {
    const { done, total, share } = Object(message) as Partial<Done>;
    if (done !== undefined && total !== undefined && share !== undefined) follow?.({ done, total, share });
  });
  child.stdin?.end(input ?? '');
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    const read = { text: '' };
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (read.text.length < MOST_CHARACTERS) read.text += text;
    });
    return read;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code, stdout: stdout!.text, stderr: stderr!.text });
    });
  });
}
