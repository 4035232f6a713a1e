import type { Expression, Statement } from '../../syntax/ast.ts';
import { nodesIn } from '../../syntax/nodes-in.ts';
import type { Frame } from '../machine/interpreter.ts';
import { either, optionsOf } from '../values/either.ts';
import type { Value } from '../values/value.ts';

/**
 * Runs a block on whose way a setting is one of some texts, `kind in ['LSTM', 'GRU']`, with it as these, if the block looks
 * something up by it: `getattr(nn, kind)`. Afterwards the setting is what it was.
 */
export function withTextsOf<Result>(
  { condition, body }: { readonly condition: Expression; readonly body: readonly Statement[] },
  fork: Frame,
  run: () => Result,
): Result {
  const asked = askedIn(condition);
  const before = asked && fork.locals.get(asked.name);
  if (asked === null || before?.kind !== 'opaque' || !isLookedUpBy(asked.name, body)) return run();
  const texts = asked.texts.flatMap((one) => textsIn(fork.evaluate(one)));
  if (texts.includes(null)) return run();
  const meant = either(texts.filter((one) => one !== null));
  if (meant.kind === 'unknown') return run();
  fork.locals.set(asked.name, meant);
  const result = run();
  if (fork.locals.get(asked.name) === meant) fork.locals.set(asked.name, before);
  return result;
}

/** The name that a condition compares with texts, and what stands for them. */
function askedIn(
  condition: Expression,
): { readonly name: string; readonly texts: readonly Expression[] } | null {
  if (condition.kind !== 'compare' || condition.operators.length !== 1) return null;
  const [name, other] = condition.operands;
  const [operator] = condition.operators;
  if (name?.kind !== 'name' || other === undefined) return null;
  if (operator === '==') return { name: name.name, texts: [other] };
  return operator === 'in' && other.kind === 'sequence' ? { name: name.name, texts: other.items } : null;
}

function textsIn(value: Value): readonly (Value | null)[] {
  return optionsOf(value).map((one) => (one.kind === 'text' ? one : null));
}

function isLookedUpBy(name: string, body: readonly Statement[]): boolean {
  return nodesIn(body).some((node) => {
    if (node.kind !== 'call' || node.callee.kind !== 'name' || node.callee.name !== 'getattr') return false;
    const by = node.args[1]?.value;
    return by?.kind === 'name' && by.name === name;
  });
}
