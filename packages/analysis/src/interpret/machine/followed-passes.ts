import { sameQuantity } from '../../growth/quantity.ts';
import { sameAttributes } from '../values/attribute-state.ts';
import { optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { isPart } from '../values/likeness.ts';
import { sameValue } from '../values/same-value.ts';
import type { FunctionValue, ObjectValue, Value } from '../values/value.ts';
import { comesToModels } from './comes-to-models.ts';
import { type Arguments, everyArgument } from './given-arguments.ts';
import { factorOf } from './given-inputs.ts';
import { areHandedOver, handedOverSince } from './handed-over.ts';
import type { CallSite } from './interpreter.ts';
import { isAsItWas, type Relying, reliedOn } from './relied-on.ts';
import type { FollowedCall, Trace } from './run-trace.ts';
import { adopt, markIn, notedSince } from './trace.ts';

/**
 * What a forward pass makes. Where its tensors are not asked for, as in a script that trains the model or in a loop of the
 * model's that is gone round once more to see what moves, one that the code has been through and that changes nothing is
 * not followed again: what it makes of the like is the like.
 */
export function passOf(
  object: ObjectValue,
  {
    method,
    site,
    run,
  }: { readonly method: FunctionValue; readonly site: CallSite; readonly run: () => Value },
): Value {
  const { args, frame } = site;
  const { passes, followsAll, calls, applied, unreadChanges } = frame.interpreter.trace;
  const { definition } = method;
  if (definition.kind === 'lambda') return run();
  const attributes = frame.heap.attributes(object.id);
  const known = passes.get(object.id) ?? [];
  passes.set(object.id, known);
  const before = known.find(
    (one) =>
      one.method === definition &&
      sameAttributes(one.attributes, attributes) &&
      isLike(one.args, args) &&
      (calls !== null || isUnknownAlike(one.args, args)) &&
      areHandedOver(one.handed, frame.heap),
  );
  if (before !== undefined) {
    if (followsAll) return run();
    if (before.applied !== null) applied.push(before.applied);
    unreadChanges.push(...before.unreadChanges);
    return before.made;
  }
  const { moment } = frame.interpreter.hookOrder;
  const [heap, count, noted] = [new Heap(frame.heap), applied.length, unreadChanges.length];
  const made = run();
  const handed = handedOverSince(heap, frame, { moment, matters: amongGiven(site) });
  if (handed === null) return made;
  known.push({
    method: definition,
    attributes,
    args,
    made,
    applied: applied[count] ?? null,
    handed,
    unreadChanges: unreadChanges.slice(noted),
  });
  return made;
}

/** How many parts of what a call is given are looked at for a unit of work. */
const PARTS = 8;

/** Tells whether a list, dict or tensor is one of those that a call is given, or in one of these; looks when it is asked. */
function amongGiven({ args, frame }: CallSite): (part: Value) => boolean {
  let given: ReadonlySet<Value> | undefined;
  const partsOfAll = () => {
    const parts = new Set<Value>(everyArgument(args));
    // A set is gone through to its end, what is added on the way included.
    for (const one of parts) for (const part of partsOf(one)) parts.add(part);
    frame.interpreter.budget.spend(parts.size / PARTS);
    return parts;
  };
  return (part) => {
    given ??= partsOfAll();
    return given.has(part);
  };
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'list':
      return value.items;
    case 'dict':
      return [...value.entries.values(), ...value.keys.values()];
    case 'either':
      return value.options;
    default:
      return [];
  }
}

/** What a call of a function that is no forward pass takes at the least to be kept. */
const LEAST_WORK = 800;

/** How much a run has noted of what is done to models and optimizers. */
export function notedIn({
  unreadChanges,
  optimizers,
  steps,
  clips,
  foreign,
  constructions,
  descended,
  nested,
}: Trace): number {
  const done = optimizers.length + steps.length + clips.length + constructions.length + nested.size;
  const { rates, writers, asksGroups } = foreign;
  return unreadChanges.length + done + descended.size + rates.length + writers.size + Number(asksGroups);
}

/**
 * What a function of a script gives, such as one that evaluates the model. One that took much and left all as it was, but
 * for what it made itself, is not run again on the like.
 */
export function callOnce({ callee, site, around }: Calling, run: () => Value): Value {
  const { args, frame } = site;
  const { budget, trace } = frame.interpreter;
  const { definition, receiver, closure } = callee;
  if (trace.calls === null || definition.kind === 'lambda' || definition.yields) return run();
  const given = [...everyArgument(args), ...(receiver === null ? [] : [receiver])];
  const relying = { callee, given, around };
  const isAsBefore = (one: FollowedCall) =>
    one.closure === closure &&
    isLike(one.args, args) &&
    isSameReceiver(one.receiver, receiver) &&
    isAsItWas(one.on, relying, frame);
  const before = trace.calls.made.get(definition)?.find(isAsBefore);
  if (before !== undefined) {
    adopt(frame.interpreter, before.noted);
    return before.made;
  }
  const [heap, horizon, spent] = [new Heap(frame.heap), frame.interpreter.newId(), budget.spent];
  const [noted, mark] = [notedIn(trace), markIn(trace)];
  const made = run();
  const isKept =
    budget.spent - spent >= LEAST_WORK &&
    notedIn(trace) === noted &&
    frame.heap.hasOnlyMade(heap, horizon, (list) => given.includes(list) || comesToModels([list], frame)) &&
    !optionsOf(made).some(isPart);
  const on = isKept ? reliedOn(relying, frame) : null;
  if (on === null) return made;
  const call = { receiver, closure, args, on, made, noted: notedSince(mark, trace) };
  trace.calls.made.set(definition, [...(trace.calls.made.get(definition) ?? []), call]);
  return made;
}

interface Calling extends Pick<Relying, 'callee' | 'around'> {
  readonly site: CallSite;
}

function isSameReceiver(one: Value | null, other: Value | null): boolean {
  return one === null || other === null ? one === other : sameValue(one, other);
}

/** Whether two calls are given as much, and the same but for tensors, which are then multiplied by the same. */
function isLike(one: Arguments, other: Arguments): boolean {
  return (
    one.open === other.open &&
    one.positional.length === other.positional.length &&
    one.named.size === other.named.size &&
    one.positional.every((value, at) => isLikeValue(value, other.positional[at])) &&
    [...one.named].every(([name, value]) => isLikeValue(value, other.named.get(name)))
  );
}

/** Whether of what is like one another the same may be unknown: what a model's own loop has lost is no tensor any more. */
function isUnknownAlike(one: Arguments, other: Arguments): boolean {
  return (
    one.positional.every((value, at) => mayBeUnknown(value) === mayBeUnknown(other.positional[at])) &&
    [...one.named].every(([name, value]) => mayBeUnknown(value) === mayBeUnknown(other.named.get(name)))
  );
}

function mayBeUnknown(value: Value | undefined): boolean {
  return value !== undefined && optionsOf(value).some(({ kind }) => kind === 'unknown');
}

function isLikeValue(one: Value, other: Value | undefined): boolean {
  if (other === undefined) return false;
  const [[mine, isMine], [theirs, isTheirs]] = [apart(one), apart(other)];
  return (
    isMine === isTheirs &&
    (!isMine || sameQuantity(factorOf(one), factorOf(other))) &&
    mine.length === theirs.length &&
    mine.every((value) => theirs.some((same) => sameValue(value, same)))
  );
}

/** What a value may be beside a tensor, and whether it may be one. */
function apart(value: Value): readonly [others: readonly Value[], isTensor: boolean] {
  const options = optionsOf(value);
  const others = options.filter(({ kind }) => kind !== 'tensor' && kind !== 'unknown');
  return [others, others.length < options.length];
}
