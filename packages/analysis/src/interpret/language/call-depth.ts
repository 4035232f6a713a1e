import type { ClassStatement, FunctionStatement, LambdaExpression } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';

/** Deeper than models nest; a call beyond is not followed. */
const MAX_CALLS = 24;

/** Whether a call of a function, as a method of such an object, is not followed: too many run already, or this one does. */
export function isTooDeep(
  definition: FunctionStatement | LambdaExpression,
  on: ClassStatement | null,
  frame: Frame,
): boolean {
  return frame.stack.length >= MAX_CALLS || timesRunning(definition, on, frame) > 1;
}

/** How often a function is running already; on objects of other classes, as those that one is made of, a method is another. */
function timesRunning(
  definition: FunctionStatement | LambdaExpression,
  on: ClassStatement | null,
  { stack, selves }: Frame,
): number {
  return stack.filter((running, at) => running === definition && selves[at] === on).length;
}
