import { type Failure, REFUSED } from '@widthwise/protocol';
import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { abortSignal } from './cancellation.ts';

/** What the caller may mend: one sentence for a person, a kind for a program. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: Failure['kind'];

  constructor(kind: Failure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
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
        return new ResponseError<Failure>(REFUSED, error.message, { kind: error.kind });
      }
      if (signal.aborted) return new ResponseError(LSPErrorCodes.RequestCancelled, `${method} was cancelled`);
      log.error(`${method} failed: ${error instanceof Error ? error.stack : String(error)}`);
      return new ResponseError(ErrorCodes.InternalError, `${method} failed; the log has the details`);
    }
  };
}
