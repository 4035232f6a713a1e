import type { Span } from '../../syntax/span.ts';
import { changedCollections } from '../machine/collections.ts';
import { eachWay, replace } from '../machine/frames.ts';
import { positional } from '../machine/given-arguments.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { scaleInit } from '../modules/scale-init.ts';
import { eachOption, either, optionsOf } from '../values/either.ts';
import { partial } from '../values/partial.ts';
import { NONE, UNKNOWN, type Value } from '../values/value.ts';
import { setItem } from './assign.ts';
import { changeInPlace, isInPlace } from './in-place.ts';
import { itemOf } from './items.ts';

/**
 * What a method or an operator does that is called as a function: `dict.update(group, lr=lr)`, `Tensor.mul_(weight, 2)`,
 * `operator.setitem(group, 'lr', lr)`, `operator.imul(weight, 2)`; undefined for any other function.
 */
export function functionForm(qualified: string, site: CallSite): Value | undefined {
  const { args } = site;
  const [first, ...rest] = args.positional;
  if (first === undefined) return undefined;
  if (qualified === METHOD_CALLER) {
    const callee: Value = { kind: 'reference', qualified: CALLED_BY_NAME };
    return partial(callee, {
      positional: [first, partial(UNKNOWN, { ...args, positional: rest })],
      named: new Map(),
      open: false,
    });
  }
  if (qualified === CALLED_BY_NAME) return calledByName(first, rest, site);
  const method = METHOD.exec(qualified)?.[1] ?? OPERATORS.get(qualified);
  return method === undefined
    ? undefined
    : calledOn(first, method, { ...site, args: { ...args, positional: rest } });
}

const METHOD =
  /^(?:builtins\.(?:dict|list|set|object)|collections\.(?:OrderedDict|UserDict)|torch\.(?:Tensor|nn\.(?:parameter\.)?Parameter))\.(\w+)$/;

const OPERATORS: ReadonlyMap<string, string> = new Map(
  ['setitem', 'getitem', 'delitem', 'imul', 'itruediv', 'iadd', 'isub', 'ior'].map((name) => [
    `operator.${name}`,
    `__${name}__`,
  ]),
);

const METHOD_CALLER = 'operator.methodcaller';
const CALLED_BY_NAME = `${METHOD_CALLER}.__call__`;

/** `methodcaller('mul_', 2)(weight)`. */
function calledByName(name: Value, [given, on]: readonly Value[], site: CallSite): Value | undefined {
  if (name.kind !== 'text' || given?.kind !== 'partial' || on === undefined) return undefined;
  return calledOn(on, name.text, { ...site, args: given });
}

/** A method as a value: calling it calls the method of what it was taken from; undefined where that changes nothing. */
export function methodAsValue(owner: Value, name: string): Value | undefined {
  const type = owner.kind === 'dict' || owner.kind === 'list' ? `builtins.${owner.kind}` : 'torch.Tensor';
  if (type === 'torch.Tensor' && !isInPlace(name)) return undefined;
  const callee: Value = { kind: 'reference', qualified: `${type}.${name}` };
  return partial(callee, positional(owner));
}

/** `receiver.name(…)`, with what it does to the receiver for all that hold it. */
function calledOn(receiver: Value, name: string, site: CallSite): Value {
  const { args, frame } = site;
  const bySpecial = specialMethod(receiver, name, site);
  if (bySpecial !== undefined) return bySpecial;
  const changed = changedCollections(receiver, name, args);
  if (changed !== undefined) {
    for (const option of optionsOf(receiver)) replace(option, changed.of(option), frame);
    return changed.result;
  }
  return callOnEach(receiver, name, site);
}

/** What a method gives of each that its receiver may be; one that works in place changes a tensor for all that hold it. */
export function callOnEach(receiver: Value, name: string, { args, frame, span }: CallSite): Value {
  const results = eachWay(optionsOf(receiver), frame, {
    run: (option, way) => way.interpreter.callMethod(option, name, { args, frame: way, span }),
  });
  const result = either(results);
  if (receiver.kind === 'tensor' && isInPlace(name)) changeInPlace(receiver, result, { frame, span });
  return result;
}

/** What operators are that change their left side, as methods; undefined for any other. */
export function specialMethod(
  receiver: Value,
  name: string,
  { args, frame, span }: CallSite,
): Value | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  if (HAS_OWN.has(receiver.kind)) return undefined;
  if (name === '__setitem__') {
    setItem(receiver, { key: first, value: second, span }, frame);
    return NONE;
  }
  if (name === '__getitem__') return eachOption(receiver, (option) => itemOf(option, first, frame));
  if (name === '__delitem__' || name === '__ior__') {
    const [method, given] = name === '__ior__' ? ['update', first] : ['pop', first];
    const changed = changedCollections(receiver, method, positional(given));
    for (const option of optionsOf(receiver)) replace(option, changed?.of(option) ?? option, frame);
    return name === '__ior__' ? (changed?.after ?? UNKNOWN) : NONE;
  }
  return (
    asBuiltin(receiver, name, { args, frame, span }) ??
    scaledParameters(receiver, { name, factor: first, span }, frame)
  );
}

/** `layers.sort(key=start)` and `iterator.__next__()`: what a function that is built in does; undefined for any other. */
function asBuiltin(receiver: Value, name: string, { args, frame, span }: CallSite): Value | undefined {
  // What the key does to the items counts, not what it gives.
  if (name === 'sort' && args.named.has('key')) frame.call(SORTED, { ...args, positional: [receiver] }, span);
  const advances = ADVANCES.has(name) && optionsOf(receiver).every(isIterator);
  return advances ? frame.call(NEXT, positional(receiver), span) : undefined;
}

const SORTED: Value = { kind: 'reference', qualified: 'builtins.sorted' };
const NEXT: Value = { kind: 'reference', qualified: 'builtins.next' };

/** Methods by which an iterator gives its next item. */
const ADVANCES: ReadonlySet<string> = new Set(['__next__', 'send']);

function isIterator(value: Value): boolean {
  return value.kind === 'list' && value.once === true;
}

/** `parameter.__imul__(factor)`; undefined for anything else. */
function scaledParameters(
  receiver: Value,
  { name, factor, span }: { readonly name: string; readonly factor: Value; readonly span: Span },
  frame: Frame,
): Value | undefined {
  const operator = IN_PLACE.get(name);
  if (operator === undefined) return undefined;
  const parameters = optionsOf(receiver).filter((option) => option.kind === 'parameter');
  if (parameters.length === 0) return undefined;
  const update = receiver.kind === 'parameter' ? 'strong' : 'weak';
  for (const one of parameters) scaleInit(one, { operator, factor, span, update }, frame);
  return receiver;
}

/** What says itself what its methods do. */
const HAS_OWN: ReadonlySet<Value['kind']> = new Set(['reference', 'class', 'object', 'parent']);

const IN_PLACE: ReadonlyMap<string, string> = new Map([
  ['__imul__', '*'],
  ['__itruediv__', '/'],
  ['__iadd__', '+'],
  ['__isub__', '-'],
]);
