import { accumulated, anyPartOf, madeOfAny } from '../../growth/made-in-rounds.ts';
import type { Quantity } from '../../growth/quantity.ts';
import { generator, list } from '../values/containers.ts';
import { anyOf, mergedParts, optionsOf, perhapsAbsent } from '../values/either.ts';
import { someInLists } from '../values/in-lists.ts';
import { isPart, isWithin, type Rounds } from '../values/likeness.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import { type ListValue, number, UNKNOWN, type Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';

/** Whether a later round ends in a state that the earlier one knew, but for what the next one begins by setting. */
export function isStable(
  later: Frame,
  earlier: Frame,
  { horizon, targets }: { readonly horizon: number; readonly targets: readonly string[] },
): boolean {
  const rounds: Rounds = { later: later.heap, earlier: earlier.heap, horizon };
  for (const [name, value] of later.locals) {
    if (targets.includes(name)) continue;
    const before = earlier.locals.get(name);
    if (before === undefined || !isWithin(value, before, rounds)) return false;
  }
  return later.heap.isWithin(earlier.heap, (value, before) => isWithin(value, before, rounds));
}

/** The numbers by which rounds are counted, as the state says in which they end; null where no more is known than that there are some. */
export type RoundCounts = ((frame: Frame) => readonly Quantity[]) | null;

/** Leaves unknown in `frame` what a later round has moved; answers whether there was anything. */
export function widen(
  frame: Frame,
  later: Frame,
  { horizon, counts }: { readonly horizon: number; readonly counts: RoundCounts },
): boolean {
  const rounds: Rounds = { later: later.heap, earlier: frame.heap, horizon };
  let counted: readonly Quantity[] | null = null;
  const moved = (value: Value, before: Value): Value =>
    movedNumber(value, before, () => (counted ??= counts?.(later) ?? null)) ?? movedValue(value, before);
  const top = remembered((value: Value, before: Value): Value | null => {
    if (isWithin(value, before, rounds)) return null;
    return mergedParts(before, value, (was, is) => top(is, was) ?? was) ?? moved(value, before);
  });
  let hasMoved = false;
  for (const [name, value] of later.locals) {
    const before = frame.locals.get(name);
    const after = before === undefined ? value : top(value, before);
    if (after === null) continue;
    frame.locals.set(name, after);
    hasMoved = true;
  }
  return frame.heap.widen(later.heap, top) || hasMoved;
}

/** A function of two values that gives the one object again for the same two, as all that hold it hold one. */
function remembered(
  find: (value: Value, before: Value) => Value | null,
): (value: Value, before: Value) => Value | null {
  const known = new Map<Value, Map<Value, Value | null>>();
  return (value, before) => {
    const mine = known.get(value) ?? new Map<Value, Value | null>();
    known.set(value, mine);
    const found = mine.get(before);
    if (found !== undefined) return found;
    const made = find(value, before);
    mine.set(before, made);
    return made;
  };
}

/** What stands for a value that each round changes. A list keeps what it began with; of an iterator any item may be left. */
function movedValue(value: Value, before: Value): Value {
  const iterators = [...optionsOf(before), ...optionsOf(value)];
  if (iterators.every((one): one is ListValue => one.kind === 'list' && one.once === true))
    return itemsLeft(iterators);
  if (value.kind === 'list' && before.kind === 'list' && value.items.length > before.items.length) {
    return list([...before.items.map(() => UNKNOWN), UNKNOWN], true);
  }
  // What walks from one part of a model to the next may be at any.
  return [before, value].some(isPart) ? anyOf([before, value, UNKNOWN]) : UNKNOWN;
}

/** What stands for a number that each round changes, where rounds are counted by some numbers; undefined for what is none. */
function movedNumber(
  value: Value,
  before: Value,
  counts: () => readonly Quantity[] | null,
): Value | undefined {
  if (!isNumber(value) || !isNumber(before)) return undefined;
  const [later, earlier] = [quantityOf(value), quantityOf(before)];
  const counted = counts();
  if (counted === null) return made(accumulated(later, earlier));
  const times = anyPartOf(counted);
  if (times === undefined) return UNKNOWN;
  return made(accumulated(later, earlier, times) ?? madeOfAny([earlier, later, ...counted]));
}

function made(quantity: Quantity | undefined): Value {
  return quantity === undefined ? UNKNOWN : number(quantity);
}

function isNumber(value: Value): boolean {
  return optionsOf(value).every(isNumeric);
}

function itemsLeft(iterators: readonly ListValue[]): Value {
  const items = new Set(iterators.flatMap((one) => one.items.map(perhapsAbsent)));
  return generator(list([anyOf([...items])], true));
}

/** Lets the earlier of two rounds have the later one's own where both made the like. */
export function align(earlier: Frame, later: Frame, horizon: number): void {
  const forth: Rounds = { later: later.heap, earlier: earlier.heap, horizon };
  const back: Rounds = { later: earlier.heap, earlier: later.heap, horizon };
  const areAlike = (one: Value, other: Value) =>
    !holdsTensor(one) &&
    isWithin(one, other, forth) &&
    isWithin(other, one, back) &&
    !isOtherLength(one, other);
  for (const [name, value] of later.locals) {
    const before = earlier.locals.get(name);
    if (before !== undefined && areAlike(value, before)) earlier.locals.set(name, value);
  }
  earlier.heap.align(later.heap, areAlike);
}

/** Whether there is a tensor in it: each round has its own. */
function holdsTensor(value: Value): boolean {
  return someInLists(value, ({ kind }) => kind === 'tensor');
}

/** Whether a list has grown that is no list of layers, whose number is not asked for. */
function isOtherLength(one: Value, other: Value): boolean {
  if (one.kind !== 'list' || other.kind !== 'list' || one.items.length === other.items.length) return false;
  return !one.items.some(isPart);
}
