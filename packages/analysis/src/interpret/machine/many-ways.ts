import type { ClassStatement } from '../../syntax/ast.ts';
import { handsOverOwn } from '../../syntax/hands-over-own.ts';
import { findMethod } from './classes.ts';
import type { Interpreter } from './interpreter.ts';
import { traced } from './trace.ts';

/** Notes a class of which all ways that its settings leave open are too much. */
export function noteManyWays(definition: ClassStatement, interpreter: Interpreter): void {
  interpreter.manyWays.add(makerOf(definition, interpreter));
}

/** Whether that was too much of a class which is made as this one is. */
export function hasManyWays(definition: ClassStatement, interpreter: Interpreter): boolean {
  return interpreter.manyWays.has(makerOf(definition, interpreter));
}

/** Whether there is any such class. */
export function seesManyWays({ manyWays }: Interpreter): boolean {
  return manyWays.size > 0;
}

/**
 * Whether all ways of a model that code makes are more than are followed there, which is tried once, aside, where it has
 * very many settings.
 */
export function hasTooManyWays(
  definition: ClassStatement,
  interpreter: Interpreter,
  make: () => void,
): boolean {
  if (hasManyWays(definition, interpreter)) return true;
  const maker = makerOf(definition, interpreter);
  const init = findMethod(interpreter, maker, '__init__')?.method;
  const optional = init?.parameters.filter(({ fallback }) => fallback !== null) ?? [];
  if (optional.length < MANY_SETTINGS) return false;
  if (interpreter.triedWays.has(maker)) return false;
  // What makes one of its own kind is not tried inside of that.
  interpreter.triedWays.add(maker);
  const isTooMuch = interpreter.budget.within(MOST_TRIED, () => traced(interpreter, make)) === undefined;
  if (isTooMuch) interpreter.manyWays.add(maker);
  return isTooMuch;
}

/** Fewer settings do not make more ways than are followed. */
const MANY_SETTINGS = 32;

const MOST_TRIED = 100_000;

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
