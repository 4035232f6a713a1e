import type { Expression, FunctionStatement, LambdaExpression } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { FunctionValue } from '../values/value.ts';

const LITERALS: ReadonlySet<Expression['kind']> = new Set(['number', 'text', 'constant']);

/**
 * The defaults of a function that is made here, which are what they are now, as `one` of `lambda one=one: …` in a loop. Those
 * of what stands at the top of a module are found where it is called.
 */
export function defaultsIn(
  definition: FunctionStatement | LambdaExpression,
  frame: Frame,
): Pick<FunctionValue, 'defaults'> {
  if (definition.kind === 'function' && frame.scope === frame.module.symbol) return {};
  const made = definition.parameters.flatMap(({ name, fallback }) =>
    fallback === null || LITERALS.has(fallback.kind) ? [] : [[name, frame.evaluate(fallback)] as const],
  );
  return made.length === 0 ? {} : { defaults: new Map(made) };
}
