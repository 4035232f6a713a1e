import { type Failure, REFUSED } from '@widthwise/protocol';
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { misfitSentence, readBySchema, type Schema } from '../../input/schema.ts';
import { abortSignal } from './cancellation.ts';
import { logText, messageText } from './message-text.ts';

/** What the caller may mend: one sentence for a person, a kind for a program. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: Failure['kind'];

  constructor(kind: Failure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Parameters that are not what the request takes: the client's bug, told as JSON-RPC has it. */
class InvalidParams extends Error {
  override readonly name = 'InvalidParams';
}

/** A handler of parameters that came over the wire and fit their schema. */
export function checked<Params, Result>(
  schema: Schema<Params>,
  handle: (params: Params, signal: AbortSignal) => Promise<Result>,
): (params: unknown, signal: AbortSignal) => Promise<Result> {
  return async (params, signal) => {
    const read = readBySchema(schema, params);
    if ('misfit' in read) throw new InvalidParams(misfitSentence(read.misfit));
    return handle(read.output, signal);
  };
}

/** Where the details of a bug go. */
export interface Log {
  error(message: string): void;
}

/** The one place where what a handler throws becomes what is answered. */
export function answering<Params, Result>(
  log: Log,
  method: string,
  handle: (params: Params, signal: AbortSignal) => Promise<Result>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<Failure>> {
  return async (params, token) => {
    const signal = abortSignal(token);
    try {
      return await handle(params, signal);
    } catch (error) {
      if (error instanceof Refusal) {
        return new ResponseError<Failure>(REFUSED, messageText(error.message), { kind: error.kind });
      }
      if (error instanceof InvalidParams) {
        return new ResponseError(ErrorCodes.InvalidParams, messageText(`${method}: ${error.message}`));
      }
      if (signal.aborted || isAbort(error))
        return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled`);
      log.error(logText(`${method} failed: ${error instanceof Error ? error.stack : String(error)}`));
      return new ResponseError(ErrorCodes.InternalError, `${method} failed; the log has the details`);
    }
  };
}

/** What was begun may be cancelled in another way than by its request: from the editor's progress display. */
function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
