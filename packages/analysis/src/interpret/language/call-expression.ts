import { literal } from '../../growth/quantity.ts';
import type {
  AttributeExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
} from '../../syntax/ast.ts';
import { eachArguments } from '../machine/arguments.ts';
import { changedCollections } from '../machine/collections.ts';
import { eachWay, replace } from '../machine/frames.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { iterated } from '../modules/modules.ts';
import type { Place } from '../modules/tensors.ts';
import { either, optionsOf, withoutNone } from '../values/either.ts';
import { NONE, number, type Value } from '../values/value.ts';
import { copying } from '../values/value-size.ts';
import { askedSetting } from './asked-settings.ts';
import { assign, setAttributes } from './assign.ts';
import { ownerOfAttributes } from './attribute-dicts.ts';
import { callOnEach, specialMethod } from './function-forms.ts';
import { partsAmong } from './gone-through.ts';
import { changeArgument, changedByMethod } from './in-place.ts';
import { itemOf } from './items.ts';
import { laySettings } from './laid-settings.ts';
import { evaluateConditional } from './operations.ts';

/** `f(…)`, `x.f(…)`: what it gives, after what it makes of the object it is called on and of what it is given. */
export function evaluateCall(expression: CallExpression, frame: Frame): Value {
  const { callee } = expression;
  if (callee.kind !== 'attribute') {
    const target = frame.evaluate(callee);
    const run = (args: Arguments, way: Frame) => calledByName(target, { expression, args, frame: way });
    return either(eachWay(argumentsOf(expression, frame), frame, { run }));
  }
  if (callee.object.kind === 'conditional') {
    return evaluateConditional(calledEitherWay(expression, callee, callee.object), frame);
  }
  const receiver = withoutNone(frame.evaluate(callee.object));
  const run = (args: Arguments, way: Frame) => calledOn(receiver, callee, { expression, args, frame: way });
  return either(eachWay(argumentsOf(expression, frame), frame, { run }));
}

function argumentsOf(call: CallExpression, frame: Frame): readonly Arguments[] {
  return eachArguments(call, frame, {
    iterate: (value) =>
      optionsOf(value).some(({ kind }) => kind === 'layer')
        ? either(
            optionsOf(value).map((option) => (option.kind === 'layer' ? iterated(option, frame) : option)),
          )
        : value,
    itemOf: (value, index) => itemOf(value, number(literal(index)), frame),
  });
}

/** A call whose arguments are known. */
interface Given {
  readonly expression: CallExpression;
  readonly args: Arguments;
  readonly frame: Frame;
}

function calledByName(target: Value, { expression, args, frame }: Given): Value {
  const span = frame.at(expression.span);
  const result = frame.call(target, args, span);
  if (target.kind !== 'function') changeArgument({ name: nameOf(target), args, result }, { frame, span });
  return result;
}

function calledOn(receiver: Value, callee: AttributeExpression, { expression, args, frame }: Given): Value {
  const span = frame.at(expression.span);
  if (updateAttributes(callee, args, { frame, span })) return NONE;
  const special = specialMethod(receiver, callee.attribute, { args, frame, span });
  if (special !== undefined) return special;
  const asked =
    receiver.kind === 'dict' ? askedSetting(receiver, callee.attribute, { args, frame, span }) : undefined;
  if (asked !== undefined) return asked;
  const changed = changedCollections(
    receiver,
    callee.attribute,
    withParts(receiver, callee.attribute, { args, frame }),
  );
  if (changed !== undefined) {
    frame.interpreter.budget.spend(copying(receiver));
    const isOneOfMany = callee.object.kind === 'subscript' && optionsOf(receiver).length > 1;
    replaceEach(receiver, { of: changed.of, isOneOfMany }, frame);
    assign(callee.object, changed.after, frame);
    return changed.result;
  }
  const changedTo = changedByMethod({ before: receiver, callee, args }, { frame, span });
  if (changedTo !== undefined) return changedTo;
  const result = callOnEach(receiver, callee.attribute, { args, frame, span });
  if (receiver.kind === 'reference' || receiver.kind === 'unknown' || receiver.kind === 'opaque')
    changeArgument({ name: callee.attribute, args, result }, { frame, span });
  return result;
}

interface Replacement {
  of(option: Value): Value;
  /** Whether the code changes one of them, of which it is not known which: as an entry of a dict under such a key. */
  readonly isOneOfMany: boolean;
}

function replaceEach(receiver: Value, { of, isOneOfMany }: Replacement, frame: Frame): void {
  for (const option of optionsOf(receiver)) {
    const after = of(option);
    replace(option, isOneOfMany ? either([option, after]) : after, frame);
  }
}

/** `vars(namespace).update(width=width)`; answers whether it is that. */
function updateAttributes(
  callee: AttributeExpression,
  { positional, named }: Arguments,
  place: Place,
): boolean {
  const owner = callee.attribute === 'update' ? ownerOfAttributes(callee.object, place.frame) : null;
  const [only, ...more] = positional;
  if (
    owner !== null &&
    only !== undefined &&
    more.length + named.size === 0 &&
    laySettings(owner, only, place)
  )
    return true;
  if (owner === null || positional.some(({ kind }) => kind !== 'dict')) return false;
  for (const given of positional) if (given.kind === 'dict') setAttributes(owner, given.entries, place);
  setAttributes(owner, named, place);
  return true;
}

/** By what name a function of a library goes, also one that has some of its arguments but the first. */
function nameOf(callee: Value): string {
  if (callee.kind === 'partial') return callee.positional.length === 0 ? nameOf(callee.callee) : '';
  return callee.kind === 'reference' ? callee.qualified : '';
}

/** `(a if c else b).append(x)` as `a.append(x) if c else b.append(x)`: only the one that is taken changes. */
function calledEitherWay(
  call: CallExpression,
  callee: AttributeExpression,
  chosen: ConditionalExpression,
): ConditionalExpression {
  const on = (object: Expression): CallExpression => ({ ...call, callee: { ...callee, object } });
  return { ...chosen, whenTrue: on(chosen.whenTrue), whenFalse: on(chosen.whenFalse) };
}

/** What a list is given more items by, `parts.extend(self.blocks)`, with the parts of a container as its items. */
function withParts(
  receiver: Value,
  method: string,
  { args, frame }: { readonly args: Arguments; readonly frame: Frame },
): Arguments {
  if (receiver.kind !== 'list' || (method !== 'extend' && method !== 'update')) return args;
  return { ...args, positional: args.positional.map((value) => partsAmong(value, frame)) };
}
