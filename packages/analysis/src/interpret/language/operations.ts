import type {
  BinaryExpression,
  CompareExpression,
  ConditionalExpression,
  Expression,
  LogicExpression,
  UnaryExpression,
} from '../../syntax/ast.ts';
import { comparedIn } from '../machine/compared-numbers.ts';
import { meetingOf } from '../machine/conditions.ts';
import { eachWay } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { settledChoice } from '../machine/settled-flags.ts';
import { asWrittenText } from '../machine/settled-text.ts';
import { mixesConfigurations } from '../machine/several-configurations.ts';
import { maskOf } from '../machine/swallowed.ts';
import { decidesSizes } from '../machine/told-sizes.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { comparedTensors, inverted, isEntrywise } from '../modules/masks.ts';
import { hasItem } from '../modules/modules.ts';
import { eachOption, either, optionsOf, withoutNone } from '../values/either.ts';
import { computedOfHeld } from '../values/holders.ts';
import { isNumeric, negated, quantityOf } from '../values/numbers.ts';
import { compared, truthOf, truthValue } from '../values/truth.ts';
import { number, UNKNOWN, type Value } from '../values/value.ts';
import { combined } from './combined.ts';
import { withNoneSettled } from './none-choices.ts';
import { settingOr, settingUnlessSet } from './presets-written.ts';

/** `left ∘ right`, of each of the alternatives that either may be. */
export function evaluateBinary(expression: BinaryExpression, frame: Frame): Value {
  // Nothing is computed with None: where that happens, it is not None.
  const left = withoutNone(frame.evaluate(expression.left));
  const right = withoutNone(frame.evaluate(expression.right));
  frame.interpreter.budget.spend(optionsOf(left).length * optionsOf(right).length);
  const place = { frame, span: frame.at(expression.span) };
  return eachOption(left, (one) =>
    eachOption(right, (other) => combined(expression.operator, [one, other], place)),
  );
}

/** `-x`, `not x`, `~x`. */
export function evaluateUnary({ operator, operand, span }: UnaryExpression, frame: Frame): Value {
  const value = frame.evaluate(operand);
  if (operator === 'not') {
    const truth = truthOf(value);
    return truthValue(truth === null ? null : !truth);
  }
  if (value.kind === 'tensor') return operator === '~' ? inverted(value, frame.at(span)) : value;
  if (!isNumeric(value)) return UNKNOWN;
  if (operator === '+') return value;
  return operator === '-' ? computedOfHeld(number(negated(quantityOf(value))), [value]) : UNKNOWN;
}

/** `left and right`, `left or right`: the right side may not be evaluated at all. */
export function evaluateLogic(expression: LogicExpression, frame: Frame): Value {
  const left = frame.evaluate(expression.left);
  const truth = truthOf(left);
  const decides = expression.operator === 'or';
  if (truth === decides) return left;
  if (truth !== null) return frame.evaluate(expression.right);
  const right = perhaps(expression.right, frame);
  // A condition that one side already decides is decided.
  if (truthOf(right) === decides && right.kind === 'truth') return right;
  if (left.kind === 'unknown') return UNKNOWN;
  return (decides ? settingOr(left, right, frame) : undefined) ?? either([left, right]);
}

/** `a < b < c`: a truth where it is known, or else something that remembers which numbers it compares. */
export function evaluateCompare(expression: CompareExpression, frame: Frame): Value {
  const values = expression.operands.map((operand) => frame.evaluate(operand));
  if (values.some(({ kind }) => kind === 'none')) {
    for (const value of values)
      if (value.kind === 'tensor') frame.interpreter.trace.askedForNone(value.tensor);
  }
  const decides = decidesSizes(frame);
  const answers = expression.operators.map((operator, index) => {
    const [left = UNKNOWN, right = UNKNOWN] = [values[index], values[index + 1]];
    if (mixesConfigurations([left, right], frame.interpreter)) return null;
    if (right.kind === 'layer' && left.kind === 'text' && /^(?:not )?in$/.test(operator)) {
      const has = hasItem(right.layer, left.text, frame);
      return has === null ? null : has === (operator === 'in');
    }
    const [one, other] = [settledChoice(left, right, frame), settledChoice(right, left, frame)];
    return compared(operator, one ?? left, other ?? asWrittenText(left, right, frame), decides);
  });
  if (answers.includes(false)) return { kind: 'truth', value: false };
  if (answers.length > 0 && !answers.includes(null)) return { kind: 'truth', value: true };
  const mask = comparedTensors(expression, values, frame);
  if (mask !== null) return mask;
  const by = comparedIn(expression, frame);
  const tells = isEntrywise(expression) ? maskOf(values, by) : null;
  return tells ?? (by === null ? UNKNOWN : { kind: 'unknown', symbol: null, by });
}

/** `a if c else b`: the one that is taken where that is known, or else what either makes. */
export function evaluateConditional(expression: ConditionalExpression, frame: Frame): Value {
  const truth = truthOf(frame.evaluate(expression.condition));
  if (truth === true) return frame.evaluate(expression.whenTrue);
  if (truth === false) return frame.evaluate(expression.whenFalse);
  const ways = [expression.whenTrue, expression.whenFalse];
  const meeting = meetingOf(expression.condition, frame);
  const evaluated = (way: Expression, on: Frame) =>
    withNoneSettled({ condition: expression.condition, holds: way === expression.whenTrue }, on, () =>
      on.evaluate(way),
    );
  const made = ways.every((way) => isWithoutEffect(way, frame))
    ? ways.map((way) => evaluated(way, frame))
    : eachWay(ways, frame, { run: evaluated, meeting });
  return settingUnlessSet(expression, made, frame) ?? either(made, meeting);
}

/** The value of an expression that may not be evaluated at all. */
function perhaps(expression: Expression, frame: Frame): Value {
  if (isWithoutEffect(expression, frame)) return frame.evaluate(expression);
  const [value = UNKNOWN] = eachWay([expression, null], frame, {
    run: (way, fork) => (way === null ? UNKNOWN : fork.evaluate(way)),
  });
  return value;
}
