import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { framed, frameReader } from './frames.ts';

const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');

/** What the server sent, unread but parsed. */
export interface RawMessage {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A server that bytes are sent to, well formed or not. */
export interface RawSession {
  readonly processId: number;
  /** Bytes as they are. */
  write(bytes: string): void;
  /** A message in its frame. */
  send(message: object): void;
  /** A request, and what comes in answer. */
  ask(method: string, params?: unknown): Promise<RawMessage>;
  /** How it ended, with what it wrote to its standard error. */
  ended(): Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** What any client says first. */
export const HELLO = { processId: null, rootUri: null, capabilities: {} };

/** Starts the built server with nothing said. */
export function rawSession(cwd: string): RawSession {
  const server = spawn(process.execPath, [CLI, 'serve', '--stdio'], { cwd, stdio: 'pipe' });
  let stderr = '';
  server.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const exited = new Promise<number | null>((resolve) => server.once('exit', resolve));
  // The server may be gone before it has read everything.
  server.stdin.on('error', () => {});
  const answers = new Map<unknown, (message: RawMessage) => void>();
  const read = frameReader<RawMessage>((message) => answers.get(message.id)?.(message));
  server.stdout.on('data', read);
  const write = (bytes: string): void => void server.stdin.write(bytes);
  const send = (message: object): void => write(framed(message));
  let asked = 0;
  return {
    processId: server.pid!,
    write,
    send,
    ask(method, params) {
      const id = ++asked;
      const answer = new Promise<RawMessage>((resolve) => answers.set(id, resolve));
      send({ id, method, ...(params !== undefined && { params }) });
      return answer;
    },
    async ended() {
      const code = await exited;
      return { code, stderr };
    },
  };
}
