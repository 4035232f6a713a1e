import process from 'node:process';
import type { Readable, Writable } from 'node:stream';
import { type Connection, createConnection, ProposedFeatures } from 'vscode-languageserver';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { checkedFrames } from './framing.ts';
import { SessionReader } from './session-reader.ts';

/** A server is to be gone within two seconds of its editor. */
const WATCH_MS = 1000;

/** One session of the language server. */
export interface Session {
  readonly input: Readable;
  readonly output: Writable;
  /** The editor, where the command line names it; else `initialize` does. */
  readonly clientProcessId?: number;
  /**
   * Ends the process.
   *
   * @param reason what the client did wrong; absent where it is gone or has said goodbye
   */
  end(code: number, reason?: string): void;
}

/**
 * A connection over two streams, which the caller then listens on.
 *
 * It ends after `exit`, when the input closes or the output fails, when the process of the editor is gone, and at the
 * first bytes that are no message: what follows those cannot be told apart.
 */
export function stdioConnection({ input, output, clientProcessId, end }: Session): Connection {
  let shutdownReceived = false;
  const leave = (): void => end(shutdownReceived ? 0 : 1);
  const watch = (processId: number): void => {
    setInterval(() => isGone(processId) && leave(), WATCH_MS);
  };
  if (clientProcessId !== undefined) watch(clientProcessId);

  const frames = input.pipe(checkedFrames());
  for (const event of ['end', 'close']) input.on(event, leave);
  output.on('error', leave);
  const writer = new StreamMessageWriter(output);
  const reader = new SessionReader(new StreamMessageReader(frames), writer);
  reader.onError((error) => end(1, `the client sent ${said(error)}`));
  return createConnection(
    (logger) => createProtocolConnection(reader, writer, logger),
    {
      initialize: ({ processId }) => {
        if (typeof processId === 'number' && clientProcessId === undefined) watch(processId);
      },
      get shutdownReceived() {
        return shutdownReceived;
      },
      set shutdownReceived(received) {
        shutdownReceived = received;
      },
      exit: (code) => end(code),
    },
    ProposedFeatures.all,
  );
}

function said(error: Error): string {
  return error instanceof SyntaxError ? `a message that is not JSON (${error.message})` : error.message;
}

/** Signal 0 reaches nobody and finds out. A process of somebody else's is there all the same. */
function isGone(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
