import type { Guard } from '../../network/guard.ts';
import type { AttributeExpression, CallExpression, Expression, NameExpression } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import type { Meeting } from '../values/meeting.ts';
import { exactInteger } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import { comparedIn } from './compared-numbers.ts';
import type { Frame } from './interpreter.ts';

/** What a condition tests: the same test of the same thing is one guard, `negated` where its opposite is asked for. */
interface Test {
  readonly guard: Guard;
  readonly negated: boolean;
}

/** How the two ways of a condition meet, that on which it holds first. */
export function meetingOf(condition: Expression, frame: Frame): Meeting {
  const test = testOf(condition, frame);
  const by = comparedIn(condition, frame);
  return {
    of: 'ways',
    guard: test?.guard ?? null,
    ...(test?.negated === true ? { negated: true } : {}),
    ...(by === null ? {} : { by }),
  };
}

/** What a condition tests; null where it is not known whether another one tests the same. */
function testOf(condition: Expression, frame: Frame): Test | null {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const inner = testOf(condition.operand, frame);
    return inner && { ...inner, negated: !inner.negated };
  }
  const chosen = testOfChoice(condition, frame);
  if (chosen !== null) return chosen;
  const [operator = ''] = condition.kind === 'compare' ? condition.operators : [];
  const plain = OPPOSITES.get(operator);
  if (condition.kind === 'compare' && plain !== undefined && condition.operators.length === 1) {
    const inner = testOf({ ...condition, operators: [plain] }, frame);
    return inner && { ...inner, negated: !inner.negated };
  }
  const key = keyOf(condition, frame);
  return key === null ? null : { guard: frame.interpreter.guards.of(key, textOf(condition)), negated: false };
}

/** `self.norm is None`, or `self.norm`, of what a condition has made a layer or None: that condition. */
function testOfChoice(condition: Expression, frame: Frame): Test | null {
  const isNoneAsked = condition.kind === 'compare' && condition.operators.join() === 'is';
  const asked = isNoneAsked && isNone(condition.operands[1]) ? condition.operands[0] : condition;
  if (asked?.kind !== 'name' && asked?.kind !== 'attribute') return null;
  const value = frame.evaluate(asked);
  const { decided = null, options } = value.kind === 'either' ? value : { options: [] };
  const [first, second] = options.map(({ kind }) => kind === 'none');
  if (decided === null || first === second) return null;
  const isNoneMeant = { guard: decided.guard, negated: (decided.negated === true) === first };
  return asked === condition ? { ...isNoneMeant, negated: !isNoneMeant.negated } : isNoneMeant;
}

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['is not', 'is'],
  ['!=', '=='],
  ['not in', 'in'],
  ['>=', '<'],
  ['>', '<='],
]);

/** What an expression is known by: two of one key have one value wherever the model runs. */
function keyOf(expression: Expression, frame: Frame): string | null {
  switch (expression.kind) {
    case 'name':
      return keyOfName(expression, frame);
    case 'number':
    case 'text':
    case 'constant':
      return keyOfValue(frame.evaluate(expression), frame);
    case 'attribute':
      return keyOfAttribute(expression, frame);
    case 'compare':
      return joined(expression.operators.join(), expression.operands, frame);
    case 'logic':
    case 'binary':
      return joined(expression.operator, [expression.left, expression.right], frame);
    case 'unary':
      return joined(expression.operator, [expression.operand], frame);
    case 'call':
      return keyOfCall(expression, frame);
    default:
      return null;
  }
}

/** A name that nothing around has is one of the file itself. */
function keyOfName(expression: NameExpression, frame: Frame): string | null {
  const value = frame.evaluate(expression);
  if (value.kind !== 'unknown') return keyOfValue(value, frame);
  const isOutside = value.symbol !== null && !frame.locals.has(expression.name);
  return isOutside ? frame.interpreter.guards.keyOfName(value.symbol) : null;
}

function joined(operator: string, parts: readonly Expression[], frame: Frame): string | null {
  const keys = parts.map((part) => keyOf(part, frame));
  return keys.includes(null) ? null : `(${operator} ${keys.join(' ')})`;
}

/** Functions that answer the same whenever they are asked the same. */
const PURE: ReadonlySet<string> = new Set(['hasattr', 'isinstance', 'callable', 'len', 'bool', 'getattr']);

function keyOfCall(expression: CallExpression, frame: Frame): string | null {
  const { callee, args } = expression;
  if (asksForKey(expression)) return keyOfValue(frame.evaluate(expression), frame);
  if (callee.kind !== 'name' || !PURE.has(callee.name) || args.some(({ spread }) => spread)) return null;
  return joined(
    callee.name,
    args.map(({ value }) => value),
    frame,
  );
}

/** `settings.get('name', False)`, which does nothing but answer. */
function asksForKey({ callee, args }: CallExpression): boolean {
  const [key, preset, ...more] = args;
  const isPlain = more.length === 0 && args.every(({ spread, name }) => !spread && name === null);
  const isConstant = preset === undefined || preset.value.kind === 'constant';
  return (
    callee.kind === 'attribute' &&
    callee.attribute === 'get' &&
    isPlain &&
    key?.value.kind === 'text' &&
    isConstant
  );
}

/** An attribute that is not known is known by its owner, where the code has set it. */
function keyOfAttribute(expression: AttributeExpression, frame: Frame): string | null {
  const owner = frame.evaluate(expression.object);
  const value = frame.evaluate(expression);
  if (value.kind !== 'unknown') return keyOfValue(value, frame);
  if (owner.kind !== 'object' || value.symbol === null) return null;
  if (expression.attribute === 'training') return 'training';
  return `attribute ${owner.id} ${frame.interpreter.guards.numberOf(value.symbol)}`;
}

function keyOfValue(value: Value, { interpreter: { guards } }: Frame): string | null {
  switch (value.kind) {
    case 'opaque':
      return guards.varies(value.symbol) ? null : guards.keyOfName(value.symbol);
    case 'text':
      return JSON.stringify(value.text);
    case 'truth':
      return String(value.value);
    case 'none':
      return 'None';
    case 'reference':
      return value.qualified;
    case 'tensor':
      return `tensor ${guards.numberOf(value.tensor)}`;
    case 'number': {
      const { quantity } = value;
      if (quantity.op === 'symbol' && quantity.value === null) {
        return guards.varies(quantity.symbol) ? null : guards.keyOfName(quantity.symbol);
      }
      return exactInteger(value)?.toString() ?? null;
    }
    default:
      return null;
  }
}

/** A condition in words short enough for a line. */
function textOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
      return `${textOf(expression.object)}.${expression.attribute}`;
    case 'number':
      return expression.text;
    case 'text':
      return `'${expression.value}'`;
    case 'constant':
      return CONSTANTS.get(expression.value) ?? '';
    case 'unary':
      return `${expression.operator} ${textOf(expression.operand)}`;
    case 'compare':
      return expression.operands
        .map(textOf)
        .reduce((left, right, index) => `${left} ${expression.operators[index - 1]} ${right}`);
    case 'logic':
    case 'binary':
      return `${textOf(expression.left)} ${expression.operator} ${textOf(expression.right)}`;
    case 'call':
      return `${textOf(expression.callee)}(${expression.args.map(({ value }) => textOf(value)).join(', ')})`;
    default:
      return '…';
  }
}

const CONSTANTS: ReadonlyMap<boolean | null, string> = new Map([
  [true, 'True'],
  [false, 'False'],
  [null, 'None'],
]);
