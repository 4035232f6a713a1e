import { exactValue } from '../../growth/quantity.ts';
import type { CompareExpression, ConditionalExpression, Expression, IfStatement } from '../../syntax/ast.ts';
import { isNone } from '../../syntax/is-none.ts';
import { isModuleClass } from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { either } from '../values/either.ts';
import type { OpaqueValue, Value } from '../values/value.ts';
import { settingIn, withPreset } from './asked-settings.ts';
import { assign } from './assign.ts';
import { isPartOfModel } from './instantiate.ts';

/**
 * `width or 512`, `config or Config()`: the setting, with the number or configuration that it is where nobody sets it;
 * undefined for anything else.
 */
export function settingOr(left: Value, right: Value, frame: Frame): Value | undefined {
  return left.kind === 'opaque' ? ofPreset(left, right, frame) : undefined;
}

/** `512 if width is None else width`, `config['width'] if 'width' in config else 512`. */
export function settingUnlessSet(
  { condition }: ConditionalExpression,
  ways: readonly Value[],
  frame: Frame,
): Value | undefined {
  const [whenTrue, whenFalse] = ways;
  for (const [preset, setting, isUnset] of [
    [whenTrue, whenFalse, true],
    [whenFalse, whenTrue, false],
  ] as const) {
    if (setting?.kind !== 'opaque' || preset === undefined) continue;
    const made = saysOf(condition, setting, frame) === isUnset ? ofPreset(setting, preset, frame) : undefined;
    if (made !== undefined) return made;
  }
  return undefined;
}

/**
 * `if width is None: width = 512`, `if config is None: config = Config()`: gives the setting that number or configuration
 * for a default; answers whether the statement is such a one.
 */
export function takePreset({ condition, body, otherwise }: IfStatement, frame: Frame): boolean {
  const [only, ...others] = body;
  if (only?.kind !== 'assign' || only.value === null || others.length + otherwise.length > 0) return false;
  const [target, ...targets] = only.targets;
  if (target === undefined || targets.length > 0) return false;
  if (only.value.kind !== 'number' && !makesConfiguration(only.value, frame)) return false;
  if (target.kind !== 'name' && target.kind !== 'attribute') return false;
  const setting = frame.evaluate(target);
  if (setting.kind !== 'opaque' || saysOf(condition, setting, frame) !== true) return false;
  const preset = frame.evaluate(only.value);
  assign(target, ofPreset(setting, preset, frame) ?? either([setting, preset]), frame);
  return true;
}

/** Whether an expression makes an object of a class of the code that is no module. */
function makesConfiguration(expression: Expression, frame: Frame): boolean {
  if (expression.kind !== 'call' || !isWithoutEffect(expression.callee, frame)) return false;
  const made = frame.evaluate(expression.callee);
  return made.kind === 'class' && !isModuleClass(frame.interpreter, made.definition);
}

/**
 * A setting that is a number that is spelled out, or a configuration, where nobody sets it: of that the fields go by their
 * names, as others may give a model another one. Undefined for anything else.
 */
function ofPreset(setting: OpaqueValue, preset: Value, frame: Frame): Value | undefined {
  if (isPlain(preset)) return withPreset(setting, preset, frame);
  if (preset.kind !== 'object' || (setting.fallback !== null && setting.fallback.kind !== 'none'))
    return undefined;
  if (isModuleClass(frame.interpreter, preset.definition) || isPartOfModel(preset, frame)) return undefined;
  const { isAbsent: _, ...set } = setting;
  return { ...set, fallback: preset };
}

/** Whether a condition says of a setting that nobody has set it, or that somebody has; undefined where it says neither. */
function saysOf(condition: Expression, setting: OpaqueValue, frame: Frame): boolean | undefined {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const says = saysOf(condition.operand, setting, frame);
    return says === undefined ? undefined : !says;
  }
  const isIt = (asked: Value | undefined) => asked?.kind === 'opaque' && asked.symbol === setting.symbol;
  if (condition.kind === 'name' || condition.kind === 'attribute')
    return isIt(frame.evaluate(condition)) ? false : undefined;
  if (condition.kind !== 'compare') return undefined;
  const [operator = '', ...operators] = condition.operators;
  const isUnset = UNSET_WHERE.get(operator);
  return isUnset !== undefined && operators.length === 0 && isIt(askedIn(condition, frame))
    ? isUnset
    : undefined;
}

/** By which comparisons with None, or with the keys that a configuration has, a setting is unset where they hold. */
const UNSET_WHERE: ReadonlyMap<string, boolean> = new Map([
  ['is', true],
  ['==', true],
  ['not in', true],
  ['is not', false],
  ['!=', false],
  ['in', false],
]);

/** `width` of `width is None`, `settings['width']` of `'width' in settings`. */
function askedIn({ operators, operands: [left, right] }: CompareExpression, frame: Frame): Value | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (!operators.some((operator) => operator.endsWith('in')))
    return isNone(right) ? frame.evaluate(left) : undefined;
  const [key, container] = [frame.evaluate(left), frame.evaluate(right)];
  return key.kind === 'text' ? settingIn(container, key.text, frame) : undefined;
}

/** A number that is spelled out. */
function isPlain(value: Value): boolean {
  return value.kind === 'number' && exactValue(value.quantity) !== undefined;
}
