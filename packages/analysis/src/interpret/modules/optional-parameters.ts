import type { ParameterValue } from '../../network/layer.ts';
import type { Expression } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { truthOf } from '../values/truth.ts';
import type { Value } from '../values/value.ts';
import { namedParameters } from './modules.ts';

/** The parameters that a model does not have where a condition holds, and where it does not. */
export interface Absent {
  readonly whenTrue: readonly ParameterValue[];
  readonly whenFalse: readonly ParameterValue[];
}

const NONE_ABSENT: Absent = { whenTrue: [], whenFalse: [] };

/** What a condition such as `layer.bias is not None` says of parameters that are there or not. */
export function absentBy(condition: Expression, frame: Frame): Absent {
  switch (condition.kind) {
    case 'name':
    case 'attribute':
    case 'subscript':
      return { whenTrue: [], whenFalse: optionalIn(condition, frame) };
    case 'compare':
      return absentByComparison(condition, frame);
    case 'unary':
      return condition.operator === 'not' ? negated(absentBy(condition.operand, frame)) : NONE_ABSENT;
    case 'logic': {
      const [left, right] = [absentBy(condition.left, frame), absentBy(condition.right, frame)];
      return condition.operator === 'and'
        ? bothHold([left, right], condition, frame)
        : negated(bothHold([negated(left), negated(right)], condition, frame));
    }
    default:
      return NONE_ABSENT;
  }
}

function negated({ whenTrue, whenFalse }: Absent): Absent {
  return { whenTrue: whenFalse, whenFalse: whenTrue };
}

/** Where both must hold and one does for sure, it is the other that does not. */
function bothHold(
  [left, right]: readonly [Absent, Absent],
  condition: Extract<Expression, { kind: 'logic' }>,
  frame: Frame,
): Absent {
  if ([left, right].every(({ whenTrue, whenFalse }) => whenTrue.length + whenFalse.length === 0))
    return NONE_ABSENT;
  const sure = condition.operator === 'and';
  const [one, other] = [condition.left, condition.right].map(
    (part) => truthOf(frame.fork().evaluate(part)) === sure,
  );
  const whenFalse = one === true ? right.whenFalse : other === true ? left.whenFalse : [];
  return { whenTrue: [...left.whenTrue, ...right.whenTrue], whenFalse };
}

function absentByComparison(
  { operators, operands }: Extract<Expression, { kind: 'compare' }>,
  frame: Frame,
): Absent {
  const [operator, ...more] = operators;
  const [left, right] = operands;
  if (left === undefined || more.length > 0 || !isNone(right) || !isPath(left)) return NONE_ABSENT;
  const optional = optionalIn(left, frame);
  if (operator === 'is not' || operator === '!=') return { whenTrue: [], whenFalse: optional };
  return operator === 'is' || operator === '==' ? { whenTrue: optional, whenFalse: [] } : NONE_ABSENT;
}

/** Whether evaluating an expression again does nothing. */
function isPath(expression: Expression): boolean {
  if (expression.kind === 'attribute') return isPath(expression.object);
  return expression.kind === 'name';
}

/** The parameters that an expression may be or hold, if it is not None. */
function optionalIn(expression: Expression, frame: Frame): readonly ParameterValue[] {
  if (!isPath(expression)) return [];
  const options = optionsOf(frame.evaluate(expression));
  const isOptional =
    options.some(({ kind }) => kind === 'none') && options.every(({ kind }) => OPTIONAL.has(kind));
  if (!isOptional) return [];
  return options.flatMap((option) => {
    if (option.kind === 'parameter') return [option];
    return namedParameters(option, frame).map(({ parameter }) => parameter);
  });
}

const OPTIONAL: ReadonlySet<Value['kind']> = new Set(['parameter', 'layer', 'object', 'none']);
