import { exactValue } from '../../growth/quantity.ts';
import type { ConditionalExpression, Expression, IfStatement } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import type { Frame } from '../machine/interpreter.ts';
import type { OpaqueValue, Value } from '../values/value.ts';
import { settingIn, withPreset } from './asked-settings.ts';
import { assign } from './assign.ts';

/** `width or 512`: the setting, with the number that it is where nobody sets it; undefined for anything else. */
export function settingOr(left: Value, right: Value, frame: Frame): Value | undefined {
  return left.kind === 'opaque' && isPlain(right) ? withPreset(left, right, frame) : undefined;
}

/** `512 if width is None else width`, `config['width'] if 'width' in config else 512`. */
export function settingUnlessSet(
  { condition }: ConditionalExpression,
  ways: readonly Value[],
  frame: Frame,
): Value | undefined {
  const setting = ways.find((way) => way.kind === 'opaque');
  const preset = ways.find(isPlain);
  if (setting?.kind !== 'opaque' || preset === undefined) return undefined;
  return isAskedFor(condition, setting, frame) ? withPreset(setting, preset, frame) : undefined;
}

/** `if width is None: width = 512`: gives the setting that number for a default; answers whether the statement is such a one. */
export function takePreset({ condition, body, otherwise }: IfStatement, frame: Frame): boolean {
  const [only, ...others] = body;
  if (only?.kind !== 'assign' || only.value === null || others.length + otherwise.length > 0) return false;
  const [target, ...targets] = only.targets;
  if (target === undefined || targets.length > 0 || only.value.kind !== 'number') return false;
  if (target.kind !== 'name' && target.kind !== 'attribute') return false;
  const setting = frame.evaluate(target);
  if (setting.kind !== 'opaque' || !isAskedFor(condition, setting, frame)) return false;
  assign(target, withPreset(setting, frame.evaluate(only.value), frame), frame);
  return true;
}

/** Whether a condition asks whether somebody has set a setting. */
function isAskedFor(condition: Expression, setting: OpaqueValue, frame: Frame): boolean {
  const asked = askedIn(condition, frame);
  return asked?.kind === 'opaque' && asked.symbol === setting.symbol;
}

function askedIn(condition: Expression, frame: Frame): Value | undefined {
  if (condition.kind === 'name' || condition.kind === 'attribute') return frame.evaluate(condition);
  if (condition.kind === 'unary')
    return condition.operator === 'not' ? askedIn(condition.operand, frame) : undefined;
  if (condition.kind !== 'compare') return undefined;
  const [operator = '', ...operators] = condition.operators;
  const [left, right] = condition.operands;
  if (left === undefined || right === undefined || operators.length > 0) return undefined;
  if (isNone(right)) return frame.evaluate(left);
  if (!MEMBERSHIP.has(operator)) return undefined;
  const [key, container] = [frame.evaluate(left), frame.evaluate(right)];
  return key.kind === 'text' ? settingIn(container, key.text, frame) : undefined;
}

const MEMBERSHIP: ReadonlySet<string> = new Set(['in', 'not in']);

/** A number that is spelled out. */
function isPlain(value: Value): boolean {
  return value.kind === 'number' && exactValue(value.quantity) !== undefined;
}
