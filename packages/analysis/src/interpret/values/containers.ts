import type { Span } from '../../syntax/span.ts';
import { bitOf, kindsAmong, kindsIn, nextTurn } from './kinds-inside.ts';
import { type DictValue, type ListValue, type Order, UNKNOWN, type Value } from './value.ts';
import { MAX_SIZE, sizeOf } from './value-size.ts';

/** More items than a model that is read has parts; of a longer list only these are known. */
export const MAX_ITEMS = 4096;

/** Any number of things of which nothing is known. */
const ANY_ITEMS: ListValue = { kind: 'list', items: [UNKNOWN], open: true };
const ANY_ENTRIES: DictValue = { kind: 'dict', entries: new Map(), keys: new Map(), open: true };

/** Those of a dict whose keys are texts. */
const NO_KEYS: ReadonlyMap<string, Value> = new Map();

/** A list of these; open from where there are too many, and one of which nothing is known where they are too large. */
export function list(items: readonly Value[], open = false, tuple?: true): ListValue {
  if (items.length > MAX_ITEMS) return list(items.slice(0, MAX_ITEMS), true, tuple);
  let [size, kinds] = [1, 0];
  for (const item of items) {
    size += sizeOf(item);
    kinds |= bitOf(item) | kindsIn(item);
  }
  if (size > MAX_SIZE) return { ...ANY_ITEMS };
  const turn = nextTurn();
  return tuple
    ? { kind: 'list', items, open, size, kinds, turn, tuple }
    : { kind: 'list', items, open, size, kinds, turn };
}

/** A list that surely begins with so many of its items, and of which it is not known how it goes on. */
export function openList(items: readonly Value[], front: number, tuple?: true): ListValue {
  const made = list(items, true, tuple);
  return front === 0 || made.items.length < front ? made : { ...made, front };
}

/** How many items a list surely begins with. */
export function frontOf({ items, open, order, front = 0 }: ListValue): number {
  return open ? (order?.at ?? front) : items.length;
}

/** What can be gone through once. */
export function generator(made: ListValue): ListValue {
  return { ...made, once: true };
}

/** A list that may be longer than what is known of it, but in this order. */
export function orderedList(
  items: readonly Value[],
  order: Order,
  tuple?: true,
): ListValue & { readonly order: Order } {
  const size = items.reduce((sum, item) => sum + sizeOf(item), 1);
  return { ...list(items, true, tuple), order, size };
}

/** A dict of these; one of which nothing is known where they are too large. */
export function dict(
  entries: ReadonlyMap<string, Value>,
  open = false,
  keys: ReadonlyMap<string, Value> = NO_KEYS,
): DictValue {
  let size = 1;
  for (const value of entries.values()) size += sizeOf(value);
  if (size > MAX_SIZE) return { ...ANY_ENTRIES };
  return { kind: 'dict', entries, keys, open, size, kinds: kindsAmong(entries.values()), turn: nextTurn() };
}

/** The same list with other items in place of its own. */
export function withItems(made: ListValue, items: readonly Value[]): ListValue {
  const { size = 1, kinds = 0, turn = 0 } = list(items);
  return { ...made, items, size, kinds, turn };
}

/** The same dict with other values under its keys. */
export function withEntries(made: DictValue, entries: ReadonlyMap<string, Value>): DictValue {
  const { size = 1, kinds = 0, turn = 0 } = dict(entries);
  return { ...made, entries, size, kinds, turn };
}

/** The same dict, whose entries come from outside but for those that are listed. */
export function asLoaded(made: DictValue): DictValue {
  return { ...made, isLoaded: true };
}

/** The same dict, as made by some code. */
export function madeAt(span: Span | undefined, made: DictValue): DictValue {
  if (span === undefined) return made;
  return { ...made, span };
}

/** The same dict, loaded and made where another one is. */
export function madeLike({ span, isLoaded, rest, factory }: DictValue, made: DictValue): DictValue {
  return madeAt(span, withFactory(withRest(isLoaded ? asLoaded(made) : made, rest), factory));
}

/** The same dict, which makes the entries that it does not have by calling this. */
export function withFactory(made: DictValue, factory: Value | undefined): DictValue {
  if (factory === undefined) return made;
  return { ...made, factory };
}

/** The same dict, which has nothing but these numbers besides what it lists. */
export function withOthers(made: DictValue, others: Value | undefined): DictValue {
  return others === undefined ? made : { ...made, others };
}

/** The same dict, whose other entries are this, or made of it. */
export function withRest(made: DictValue, rest: Value | undefined): DictValue {
  if (rest === undefined) return made;
  return { ...made, rest };
}
