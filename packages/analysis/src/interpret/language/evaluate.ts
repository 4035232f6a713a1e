import type {
  AttributeExpression,
  BinaryExpression,
  CallExpression,
  CompareExpression,
  ConditionalExpression,
  DictExpression,
  Expression,
  LogicExpression,
  SequenceExpression,
  SubscriptExpression,
  TextExpression,
  UnaryExpression,
} from '../../syntax/ast.ts';
import { evaluateArguments } from '../machine/arguments.ts';
import { changedCollections, updated, withEntry } from '../machine/collections.ts';
import { comparedIn } from '../machine/compared-numbers.ts';
import { meetingOf } from '../machine/conditions.ts';
import { eachWay, replace } from '../machine/frames.ts';
import type { Arguments, Frame } from '../machine/interpreter.ts';
import { nameIn, unknownName } from '../machine/names.ts';
import { combinedSets } from '../machine/sets.ts';
import { COMPUTED, unknownFrom } from '../machine/swallowed.ts';
import { percentFormatted, shown } from '../machine/text-values.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { asWritten } from '../machine/written.ts';
import {
  combineTensors,
  isTensorLike,
  type Place,
  scaleTensor,
  tensorIn,
  tensorValue,
} from '../modules/tensors.ts';
import { dict, list, madeAt, orderedList } from '../values/containers.ts';
import { eachOption, either, optionsOf, withoutNone } from '../values/either.ts';
import { arithmetic, exactInteger, isNumeric, negated, quantityOf } from '../values/numbers.ts';
import { countOf } from '../values/places.ts';
import { spreadShape } from '../values/shapes.ts';
import { compared, truthOf } from '../values/truth.ts';
import { type DictValue, type ListValue, NONE, number, text, UNKNOWN, type Value } from '../values/value.ts';
import { assign, setAttributes } from './assign.ts';
import { ownerOfAttributes } from './attribute-dicts.ts';
import { attributeOf } from './attributes.ts';
import { defaultsIn } from './defaults.ts';
import { callOnEach, specialMethod } from './function-forms.ts';
import { changeArgument, changedByMethod } from './in-place.ts';
import { itemOf, sliceOf } from './items.ts';
import { comprehension } from './loops.ts';
import { itemOfModule } from './module-names.ts';
import { appended, listFrom } from './ordered.ts';
import { evaluatePlaces, type Subscript, subscripted } from './subscripts.ts';

/** What an expression stands for. Whatever is not understood is unknown, after its parts have had their effect. */
export function evaluate(expression: Expression, frame: Frame): Value {
  const { budget } = frame.interpreter;
  budget.spend(STEP);
  budget.enter();
  const value = evaluated(expression, frame);
  budget.leave();
  budget.spend(partsIn(value) / PARTS);
  return value;
}

/** How many parts of a value are copied or compared for a unit of work. */
const PARTS = 4;

/** How much of a value is copied, joined or compared with it. */
function partsIn(value: Value): number {
  switch (value.kind) {
    case 'list':
      return value.items.length;
    case 'dict':
      return value.entries.size;
    case 'either':
      return value.options.reduce((sum, option) => sum + 1 + partsIn(option), 0);
    case 'text':
      return value.text.length / 8;
    default:
      return 0;
  }
}

/** The work of one step of the code, beside that of what it copies or goes through. */
const STEP = 4;

function evaluated(expression: Expression, frame: Frame): Value {
  switch (expression.kind) {
    case 'name':
      return lookup(expression.name, frame);
    case 'number':
      return number({ op: 'literal', value: expression.value, text: expression.text });
    case 'text':
      return evaluateText(expression, frame);
    case 'constant':
      return expression.value === null ? NONE : { kind: 'truth', value: expression.value };
    case 'attribute':
      return evaluateAttribute(expression, frame);
    case 'call':
      return evaluateCall(expression, frame);
    case 'binary':
      return evaluateBinary(expression, frame);
    case 'unary':
      return evaluateUnary(expression, frame);
    case 'logic':
      return evaluateLogic(expression, frame);
    case 'compare':
      return evaluateCompare(expression, frame);
    case 'conditional':
      return evaluateConditional(expression, frame);
    case 'subscript':
      return evaluateSubscript(expression, frame);
    case 'sequence':
      return evaluateSequence(expression, frame);
    case 'dict':
      return evaluateDict(expression, frame);
    case 'comprehension':
      return comprehension(expression, frame);
    case 'lambda':
      return {
        kind: 'function',
        definition: expression,
        receiver: null,
        owner: null,
        closure: { locals: frame.locals, capture: frame.capture() },
        ...defaultsIn(expression, frame),
      };
    case 'starred':
      frame.evaluate(expression.value);
      return UNKNOWN;
    case 'named': {
      const value = frame.evaluate(expression.value);
      assign(expression.target, value, frame);
      return value;
    }
    case 'unknown':
      for (const part of expression.parts) frame.evaluate(part);
      return UNKNOWN;
  }
}

/** An f-string is known where each part is a text or an integer. */
function evaluateText({ value, parts = [] }: TextExpression, frame: Frame): Value {
  if (value !== null) return text(value);
  const unshown: Value[] = [];
  const pieces = parts.map((part) => {
    if (part === null || typeof part === 'string') return part;
    const inside = frame.evaluate(part);
    const piece = shown(inside) ?? null;
    if (piece === null) unshown.push(inside);
    return piece;
  });
  return pieces.length === 0 || pieces.includes(null)
    ? unknownFrom(unshown, frame.interpreter)
    : text(pieces.join(''));
}

function lookup(name: string, frame: Frame): Value {
  const found = frame.locals.get(name) ?? heldAs(name, frame);
  const value = found && followed(found, frame);
  if (value !== undefined) {
    const isRebound = frame.module.rebound.has(name);
    return isRebound ? either([value, UNKNOWN]) : asWritten(value, name, frame.module);
  }
  return frame.interpreter.libraries.constant(`builtins.${name}`) ?? unknownName(name, frame);
}

/** What the module has under a name, noted as such where a function may change it. */
function heldAs(name: string, { interpreter, module }: Frame): Value | undefined {
  const value = nameIn(module, name, interpreter);
  if (value === undefined || !mayBeChanged(value)) return value;
  for (const one of optionsOf(value))
    if (mayBeChanged(one)) interpreter.held.set(one, { globals: module.globals, name });
  return value;
}

function mayBeChanged({ kind }: Value): boolean {
  return kind === 'dict' || kind === 'list' || kind === 'either';
}

/** What is imported is looked for where it comes from when it is used; of a library it may be a number. */
function followed(value: Value, { interpreter: { imports, libraries }, module }: Frame): Value {
  if (value.kind !== 'reference' && value.kind !== 'either') return value;
  return eachOption(value, (option) => {
    if (option.kind !== 'reference') return option;
    return imports?.resolved(option.qualified, module) ?? libraries.constant(option.qualified) ?? option;
  });
}

function evaluateAttribute(expression: AttributeExpression, frame: Frame): Value {
  const object = withoutNone(frame.evaluate(expression.object));
  return eachOption(object, (option) => attributeOf(option, expression.attribute, frame));
}

function evaluateCall(expression: CallExpression, frame: Frame): Value {
  const { callee, span } = expression;
  if (callee.kind !== 'attribute') {
    const target = frame.evaluate(callee);
    const args = evaluateArguments(expression, frame);
    const result = frame.call(target, args, span);
    if (target.kind !== 'function') changeArgument({ name: nameOf(target), args, result }, { frame, span });
    return result;
  }
  if (callee.object.kind === 'conditional') {
    return evaluateConditional(calledEitherWay(expression, callee, callee.object), frame);
  }
  const receiver = withoutNone(frame.evaluate(callee.object));
  const args = evaluateArguments(expression, frame);
  if (updateAttributes(callee, args, { frame, span })) return NONE;
  const special = specialMethod(receiver, callee.attribute, { args, frame, span });
  if (special !== undefined) return special;
  const changed = changedCollections(receiver, callee.attribute, args);
  if (changed !== undefined) {
    frame.interpreter.budget.spend(partsIn(receiver) / PARTS);
    for (const option of optionsOf(receiver)) replace(option, changed.of(option), frame);
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

/** `vars(namespace).update(width=width)`; answers whether it is that. */
function updateAttributes(
  callee: AttributeExpression,
  { positional, named }: Arguments,
  place: Place,
): boolean {
  const owner = callee.attribute === 'update' ? ownerOfAttributes(callee.object, place.frame) : null;
  if (owner === null || positional.some(({ kind }) => kind !== 'dict')) return false;
  for (const given of positional) if (given.kind === 'dict') setAttributes(owner, given.entries, place);
  setAttributes(owner, named, place);
  return true;
}

/** By what name a function of a library goes. */
function nameOf(callee: Value): string {
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

function evaluateBinary(expression: BinaryExpression, frame: Frame): Value {
  // Nothing is computed with None: where that happens, it is not None.
  const left = withoutNone(frame.evaluate(expression.left));
  const right = withoutNone(frame.evaluate(expression.right));
  frame.interpreter.budget.spend(optionsOf(left).length * optionsOf(right).length);
  return eachOption(left, (one) =>
    eachOption(right, (other) =>
      combined(expression.operator, [one, other], { frame, span: expression.span }),
    ),
  );
}

/** left ∘ right of tensors, numbers, lists or texts. */
export function combined(operator: string, [left, right]: readonly [Value, Value], place: Place): Value {
  if ([left, right].some(({ kind }) => kind === 'tensor' || kind === 'parameter'))
    return combinedTensors(operator, [left, right], place);
  if (isNumeric(left) && isNumeric(right)) {
    return number(arithmetic(operator, quantityOf(left), quantityOf(right)));
  }
  if (left.kind === 'list' && right.kind === 'list')
    return operator === '+' ? appended(left, right) : (combinedSets(operator, left, right) ?? UNKNOWN);
  if (left.kind === 'dict' && operator === '|') return updated(left, right);
  if (left.kind === 'list' && operator === '*') return repeated(left, right);
  if (left.kind === 'text') return combinedTexts(operator, left.text, right);
  return computedOf([left, right], place.frame);
}

/** What is computed of something that is not read. */
function computedOf([left, right]: readonly [Value, Value], { interpreter }: Frame): Value {
  const made = unknownFrom([left, right], interpreter);
  return made === UNKNOWN && (isWithUnknown(left, right) || isWithUnknown(right, left)) ? COMPUTED : made;
}

function isWithUnknown(one: Value, other: Value): boolean {
  return other.kind === 'unknown' && (isNumeric(one) || (one.kind === 'unknown' && one.from !== undefined));
}

/** A parameter as the forward pass uses it; a number as it is. */
function usedIn(value: Value, { frame }: Place): Value | undefined {
  if (value.kind !== 'parameter') return isNumeric(value) ? value : undefined;
  const tensor = tensorIn(value, frame);
  return tensor === null ? undefined : tensorValue(tensor);
}

const MAX_REPEATS = 16;

function repeated({ items, open, tuple }: ListValue, count: Value): Value {
  const times = exactInteger(count);
  if (open || times === undefined || times * items.length > MAX_REPEATS) {
    const twice = [...items, ...items];
    if (open || items.length !== 1 || !isNumeric(count)) return list(twice, true, tuple);
    return orderedList(twice, { at: 1, length: countOf(quantityOf(count)) }, tuple);
  }
  return list(Array.from({ length: Math.max(0, times) }, () => items).flat(), false, tuple);
}

function combinedTexts(operator: string, left: string, right: Value): Value {
  if (operator === '%') return percentFormatted(left, right);
  return right.kind === 'text' && operator === '+' ? text(left + right.text) : UNKNOWN;
}

function combinedTensors(operator: string, [left, right]: readonly [Value, Value], place: Place): Value {
  if (left.kind !== 'tensor' && right.kind !== 'tensor') {
    const [one, other] = [usedIn(left, place), usedIn(right, place)];
    return one === undefined || other === undefined
      ? UNKNOWN
      : combinedTensors(operator, [one, other], place);
  }
  if (isTensorLike(left) && isTensorLike(right)) return combineTensors(operator, [left, right], place);
  const [tensor, other] = left.kind === 'tensor' ? [left, right] : [right, left];
  if (tensor.kind !== 'tensor') return UNKNOWN;
  return scaleTensor(operator, { tensor, other, first: left.kind === 'tensor' ? 'tensor' : 'other' }, place);
}

function evaluateUnary({ operator, operand }: UnaryExpression, frame: Frame): Value {
  const value = frame.evaluate(operand);
  if (operator === 'not') {
    const truth = truthOf(value);
    return truth === null ? UNKNOWN : { kind: 'truth', value: !truth };
  }
  if (value.kind === 'tensor') return operator === '~' ? UNKNOWN : value;
  if (!isNumeric(value)) return UNKNOWN;
  if (operator === '+') return value;
  return operator === '-' ? number(negated(quantityOf(value))) : UNKNOWN;
}

function evaluateLogic(expression: LogicExpression, frame: Frame): Value {
  const left = frame.evaluate(expression.left);
  const truth = truthOf(left);
  const decides = expression.operator === 'or';
  if (truth === decides) return left;
  if (truth !== null) return frame.evaluate(expression.right);
  const right = perhaps(expression.right, frame);
  // A condition that one side already decides is decided.
  if (truthOf(right) === decides && right.kind === 'truth') return right;
  return left.kind === 'unknown' ? UNKNOWN : either([left, right]);
}

function evaluateCompare(expression: CompareExpression, frame: Frame): Value {
  const values = expression.operands.map((operand) => frame.evaluate(operand));
  if (values.some(({ kind }) => kind === 'none')) {
    for (const value of values)
      if (value.kind === 'tensor') frame.interpreter.trace.askedForNone(value.tensor);
  }
  const answers = expression.operators.map((operator, index) =>
    compared(operator, values[index] ?? UNKNOWN, values[index + 1] ?? UNKNOWN),
  );
  if (answers.includes(false)) return { kind: 'truth', value: false };
  if (answers.length > 0 && !answers.includes(null)) return { kind: 'truth', value: true };
  const by = comparedIn(expression, frame);
  return by === null ? UNKNOWN : { kind: 'unknown', symbol: null, by };
}

function evaluateConditional(expression: ConditionalExpression, frame: Frame): Value {
  const truth = truthOf(frame.evaluate(expression.condition));
  if (truth === true) return frame.evaluate(expression.whenTrue);
  if (truth === false) return frame.evaluate(expression.whenFalse);
  const ways = [expression.whenTrue, expression.whenFalse];
  const meeting = meetingOf(expression.condition, frame);
  if (ways.every((way) => isWithoutEffect(way, frame)))
    return either(
      ways.map((way) => frame.evaluate(way)),
      meeting,
    );
  return either(eachWay(ways, frame, { run: (way, fork) => fork.evaluate(way), meeting }), meeting);
}

/** The value of an expression that may not be evaluated at all. */
function perhaps(expression: Expression, frame: Frame): Value {
  if (isWithoutEffect(expression, frame)) return frame.evaluate(expression);
  const [value = UNKNOWN] = eachWay([expression, null], frame, {
    run: (way, fork) => (way === null ? UNKNOWN : fork.evaluate(way)),
  });
  return value;
}

function evaluateSubscript({ object, index, slice, places, span }: SubscriptExpression, frame: Frame): Value {
  const container = frame.evaluate(object);
  const at = index === null ? null : frame.evaluate(index);
  const subscripts: readonly Subscript[] =
    at === null ? evaluatePlaces(places, frame) : [{ kind: 'index', value: at }];
  const [first] = subscripts;
  return eachOption(container, (option) => {
    const part = itemOfModule(option, at, frame) ?? subscripted(option, subscripts, { frame, span });
    if (part !== undefined) return part;
    if (slice === undefined || first?.kind !== 'slice') return itemOf(option, at, frame);
    return sliceOf(option, [first.from, first.to, first.step], frame);
  });
}

function evaluateSequence(expression: SequenceExpression, frame: Frame): Value {
  const parts = expression.items.map((item) =>
    item.kind === 'starred' ? spread(frame.evaluate(item.value), frame) : frame.evaluate(item),
  );
  const isSpread = (index: number) => expression.items[index]?.kind === 'starred';
  const items = parts.flatMap((part, index) =>
    part.kind === 'list' && isSpread(index) ? part.items : [part],
  );
  if (items.some(({ kind }) => kind === 'shape')) return spreadShape(items);
  if (!parts.some((part, index) => isSpread(index) && part.kind === 'list' && part.open)) {
    return list(items, false, expression.tuple);
  }
  frame.interpreter.budget.spend(items.length * parts.length);
  return parts.reduce<ListValue>(
    (made, part, index) => appended(made, isSpread(index) && part.kind === 'list' ? part : list([part])),
    list([], false, expression.tuple),
  );
}

/** What `*value` stands for: a list from outside has at least a first and a last item. */
function spread(value: Value, frame: Frame): Value {
  if (value.kind === 'list' || value.kind === 'shape') return value;
  return value.kind === 'opaque' ? listFrom(value, frame) : list([UNKNOWN], true);
}

function evaluateDict(expression: DictExpression, frame: Frame): Value {
  let entries = new Map<string, Value>();
  let keys: DictValue['keys'] = new Map();
  let open = false;
  for (const { key, value } of expression.entries) {
    const name = key === null ? null : frame.evaluate(key);
    const entry = frame.evaluate(value);
    if (name?.kind === 'text') {
      entries.set(name.text, entry);
      continue;
    }
    frame.interpreter.budget.spend(entries.size);
    const before = dict(entries, open, keys);
    const after = name === null ? updated(before, entry) : withEntry(before, name, entry);
    entries = new Map(after.entries);
    keys = after.keys;
    open = after.open;
  }
  return madeAt(expression.span, dict(entries, open, keys));
}
