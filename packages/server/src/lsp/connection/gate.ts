import { ErrorCodes, Message, ResponseError } from 'vscode-languageserver';
import { misfitSentence, readBySchema } from '../../input/schema.ts';
import { messageText } from './message-text.ts';
import { SOME_PARAMS, STANDARD_PARAMS } from './standard-params.ts';

/** What becomes of a message: it goes to its handler, or is answered, or is only logged, or leaves no trace. */
export type Passage =
  | { readonly kind: 'pass' }
  | { readonly kind: 'answer'; readonly id: string | number; readonly error: ResponseError }
  | { readonly kind: 'log'; readonly sentence: string }
  | { readonly kind: 'drop' };

const PASS: Passage = { kind: 'pass' };
const DROP: Passage = { kind: 'drop' };

/** What may pass at which time of a session, and with which parameters, as LSP and JSON-RPC have it. */
export class Gate {
  private stage: 'new' | 'open' | 'shut' = 'new';

  judge(message: Message): Passage {
    if (Message.isRequest(message)) return this.judgeRequest(message.id!, message);
    if (Message.isNotification(message)) return this.judgeNotification(message);
    return this.stage === 'new' ? DROP : PASS;
  }

  private judgeRequest(
    id: string | number,
    { method, params }: { readonly method: string; readonly params?: unknown },
  ): Passage {
    const misplaced = this.misplaced(method);
    if (misplaced !== null) return { kind: 'answer', id, error: misplaced };
    const problem = paramsProblem(method, params);
    if (problem !== null) {
      return { kind: 'answer', id, error: refusal(ErrorCodes.InvalidParams, `${method}: ${problem}`) };
    }
    if (method === 'initialize') this.stage = 'open';
    if (method === 'shutdown') this.stage = 'shut';
    return PASS;
  }

  private judgeNotification({
    method,
    params,
  }: {
    readonly method: string;
    readonly params?: unknown;
  }): Passage {
    if (method === 'exit') return PASS;
    if (this.stage !== 'open') return DROP;
    const problem = paramsProblem(method, params);
    return problem === null ? PASS : { kind: 'log', sentence: `${method} was left out: ${problem}` };
  }

  /** Why a request does not belong here, whatever it asks. */
  private misplaced(method: string): ResponseError | null {
    if (this.stage === 'new' && method !== 'initialize') {
      return refusal(ErrorCodes.ServerNotInitialized, `${method} came before initialize`);
    }
    if (this.stage === 'shut') {
      return refusal(ErrorCodes.InvalidRequest, `${method} came after shutdown`);
    }
    if (this.stage === 'open' && method === 'initialize') {
      return refusal(ErrorCodes.InvalidRequest, 'initialize came a second time');
    }
    return null;
  }
}

function refusal(code: number, sentence: string): ResponseError {
  return new ResponseError(code, messageText(sentence));
}

function paramsProblem(method: string, params: unknown): string | null {
  const own = method.startsWith('widthwise/');
  const schema = Object.hasOwn(STANDARD_PARAMS, method) ? STANDARD_PARAMS[method]! : own ? SOME_PARAMS : null;
  if (schema === null) return null;
  const read = readBySchema(schema, params);
  return 'misfit' in read ? misfitSentence(read.misfit) : null;
}
