import type { Expression } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import type { Frame } from '../machine/interpreter.ts';
import { withoutNone } from '../values/either.ts';

/**
 * Runs a block on whose way a name is not None, as behind `if x is not None` or `if x is None: … else`, with it as what
 * else it may be. Afterwards it is what it was, unless the block has given it another value.
 *
 * @param holds whether the condition holds on the block's way
 */
export function withNoneSettled<Result>(
  { condition, holds }: { readonly condition: Expression; readonly holds: boolean },
  frame: Frame,
  run: () => Result,
): Result {
  const name = nameThere(condition, holds);
  const before = name === null ? undefined : frame.locals.get(name);
  if (name === null || before === undefined) return run();
  const meant = withoutNone(before);
  if (meant === before) return run();
  frame.locals.set(name, meant);
  const result = run();
  if (frame.locals.get(name) === meant) frame.locals.set(name, before);
  return result;
}

/** The name that is not None where a condition holds, or where it does not. */
function nameThere(condition: Expression, holds: boolean): string | null {
  if (condition.kind === 'name') return holds ? condition.name : null;
  if (condition.kind === 'unary' && condition.operator === 'not') return nameThere(condition.operand, !holds);
  if (condition.kind !== 'compare' || condition.operators.length !== 1) return null;
  const [operator] = condition.operators;
  const [name, other] = condition.operands;
  if (name?.kind !== 'name' || !isNone(other)) return null;
  const isThere = operator === 'is not' || operator === '!=';
  return (isThere || operator === 'is' || operator === '==') && isThere === holds ? name.name : null;
}
