import type { FunctionStatement, LambdaExpression } from '../syntax/ast.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { Run } from './run-module.ts';

/** Whether a run made models and came to functions of the file that may start weights anew. */
export function startsHere({ trace: { constructions, entered } }: Run): boolean {
  return constructions.length > 0 && [...entered].some((one) => isHere(one.span) && mayStart(one));
}

/** Whether code has words by which it may start weights. */
export function mayStart({ body }: FunctionStatement | LambdaExpression): boolean {
  return [...wordsIn(body)].some((word) => START.test(word));
}

/** The module of PyTorch's initializers, and what sets a tensor in place. */
const START = /^(?:init|\w*(?:normal|uniform|zeros?|ones|constant|orthogonal|dirac|eye|fill|copy)_)$/;
