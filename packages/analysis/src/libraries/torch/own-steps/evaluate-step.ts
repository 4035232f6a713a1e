import type {
  ComprehensionExpression,
  DictExpression,
  Expression,
  UnaryExpression,
} from '../../../syntax/ast.ts';
import { assign } from './assign-step.ts';
import { attribute, call } from './call-step.ts';
import { combine } from './combine-step.ts';
import { compare } from './compare-step.ts';
import { holds, isTrue } from './conditions-step.ts';
import { exactly } from './step-numbers.ts';
import type { Scope } from './step-state.ts';
import { asNumber, keyOf, NONE, type StepValue, truth, UNKNOWN } from './step-value.ts';
import { subscript } from './subscript-step.ts';

/** What an expression of a step stands for on this way. */
export function evaluate(expression: Expression, scope: Scope): StepValue {
  scope.step.spend();
  switch (expression.kind) {
    case 'name':
      return scope.locals.get(expression.name) ?? scope.step.fromModule(expression);
    case 'number':
      return exactly(expression.value);
    case 'text':
      return expression.value === null ? UNKNOWN : { kind: 'text', text: expression.value };
    case 'constant':
      return expression.value === null ? NONE : truth(expression.value);
    case 'attribute': {
      const object = evaluate(expression.object, scope);
      return attribute(object, expression.attribute, scope) ?? UNKNOWN;
    }
    case 'call':
      return call(expression, scope);
    case 'binary':
      return combine(
        expression.operator,
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
      );
    case 'unary':
      return unary(expression, scope);
    case 'logic': {
      const left = evaluate(expression.left, scope);
      const isDone = holds(expression.left, left, scope) === (expression.operator === 'or');
      return isDone ? left : evaluate(expression.right, scope);
    }
    case 'compare':
      return compare(expression, scope);
    case 'conditional':
      return isTrue(expression.condition, scope)
        ? evaluate(expression.whenTrue, scope)
        : evaluate(expression.whenFalse, scope);
    case 'subscript':
      return subscript(expression, scope);
    case 'sequence':
      return { kind: 'list', items: expression.items.map((item) => evaluate(item, scope)) };
    case 'dict':
      return dictOf(expression, scope);
    case 'comprehension':
      return comprehension(expression, scope);
    default:
      return UNKNOWN;
  }
}

function unary({ operator, operand }: UnaryExpression, scope: Scope): StepValue {
  const of = evaluate(operand, scope);
  if (operator === 'not') return truth(!holds(operand, of, scope));
  const exact = asNumber(of)?.exact ?? null;
  return exact === null ? of : exactly(operator === '-' ? 0 - exact : exact);
}

function dictOf({ entries }: DictExpression, scope: Scope): StepValue {
  const known = entries.flatMap(({ key, value }) =>
    key === null ? [] : [[keyOf(evaluate(key, scope)), evaluate(value, scope)] as const],
  );
  return { kind: 'dict', entries: new Map(known), open: known.length < entries.length };
}

function comprehension({ key, body, clauses, conditions }: ComprehensionExpression, scope: Scope): StepValue {
  const [clause, ...others] = clauses;
  if (clause === undefined || others.length > 0 || key !== null) return UNKNOWN;
  const over = evaluate(clause.iterable, scope);
  if (over.kind !== 'list') return UNKNOWN;
  const inner = { ...scope, locals: new Map(scope.locals) };
  const items = over.items.flatMap((item) => {
    assign(clause.target, item, inner);
    return conditions.every((one) => isTrue(one, inner)) ? [evaluate(body, inner)] : [];
  });
  return { kind: 'list', items, ...(over.isSome && { isSome: true }) };
}
