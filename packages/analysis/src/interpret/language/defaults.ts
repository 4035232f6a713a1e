import type { Expression, FunctionStatement, LambdaExpression, Parameter } from '../../syntax/ast.ts';
import { MOST_STATES } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { unknownFrom } from '../machine/swallowed.ts';
import { either } from '../values/either.ts';
import type { FunctionValue, Value } from '../values/value.ts';

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

const MADE: ReadonlySet<Expression['kind']> = new Set(['call', 'comprehension', 'dict', 'sequence']);

/** The default of a parameter: of a list or dict, which is one for all calls, whatever calls have made of it. */
export function sharedDefault(parameter: Parameter, made: Value, { interpreter }: Frame): Value {
  const { defaults } = interpreter;
  const isShared = made.kind === 'dict' || (made.kind === 'list' && made.tuple !== true);
  if (!isShared || !MADE.has(parameter.fallback?.kind ?? 'name')) return made;
  const states = defaults.states.get(parameter);
  if (states !== undefined)
    return states.length > MOST_STATES ? unknownFrom(states, interpreter) : either(states);
  defaults.of.set(made, parameter);
  return made;
}
