import { findMethod } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { handsOverOwn } from '../syntax/hands-over-own.ts';

/** Notes a class of which all ways that its settings leave open are too much. */
export function noteManyWays(definition: ClassStatement, interpreter: Interpreter): void {
  interpreter.manyWays.add(makerOf(definition, interpreter));
}

/** Whether that was too much of a class which is made as this one is. */
export function hasManyWays(definition: ClassStatement, interpreter: Interpreter): boolean {
  return interpreter.manyWays.has(makerOf(definition, interpreter));
}

/** The class whose constructor makes most of another: a base of that where its own hands on all that it is given. */
function makerOf(definition: ClassStatement, interpreter: Interpreter): ClassStatement {
  let maker = findMethod(interpreter, definition, '__init__');
  while (maker !== undefined && handsOverOwn(maker.method)) {
    const next = findMethod(interpreter, definition, '__init__', maker.owner);
    if (next === undefined) break;
    maker = next;
  }
  return maker?.owner ?? definition;
}
