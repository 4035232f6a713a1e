import type { Span } from '../../syntax/span.ts';
import { type DictValue, type ListValue, type Order, UNKNOWN, type Value } from './value.ts';
import { MAX_SIZE, sized, sizeOf } from './value-size.ts';

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
  const size = items.reduce((sum, item) => sum + sizeOf(item), 1);
  if (size > MAX_SIZE) return { ...ANY_ITEMS };
  return sized<ListValue>({ kind: 'list', items, open, ...(tuple && { tuple }) }, size);
}

/** A list that surely begins with so many of its items, and of which it is not known how it goes on. */
export function openList(items: readonly Value[], front: number, tuple?: true): ListValue {
  const made = list(items, true, tuple);
  return front === 0 || made.items.length < front ? made : sized({ ...made, front }, sizeOf(made));
}

/** How many items a list surely begins with. */
export function frontOf({ items, open, order, front = 0 }: ListValue): number {
  return open ? (order?.at ?? front) : items.length;
}

/** What can be gone through once. */
export function generator(made: ListValue): ListValue {
  return sized<ListValue>({ ...made, once: true }, sizeOf(made));
}

/** A list that may be longer than what is known of it, but in this order. */
export function orderedList(
  items: readonly Value[],
  order: Order,
  tuple?: true,
): ListValue & { readonly order: Order } {
  const size = items.reduce((sum, item) => sum + sizeOf(item), 1);
  return sized({ ...list(items, true, tuple), order }, size);
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
  return sized<DictValue>({ kind: 'dict', entries, keys, open }, size);
}

/** The same dict, whose entries come from outside but for those that are listed. */
export function asLoaded(made: DictValue): DictValue {
  return sized<DictValue>({ ...made, isLoaded: true }, sizeOf(made));
}

/** The same dict, as made by some code. */
export function madeAt(span: Span | undefined, made: DictValue): DictValue {
  if (span === undefined) return made;
  return sized<DictValue>({ ...made, span }, sizeOf(made));
}

/** The same dict, loaded and made where another one is. */
export function madeLike({ span, isLoaded, rest, factory }: DictValue, made: DictValue): DictValue {
  return madeAt(span, withFactory(withRest(isLoaded ? asLoaded(made) : made, rest), factory));
}

/** The same dict, which makes the entries that it does not have by calling this. */
export function withFactory(made: DictValue, factory: Value | undefined): DictValue {
  if (factory === undefined) return made;
  return sized<DictValue>({ ...made, factory }, sizeOf(made));
}

/** The same dict, whose other entries are this, or made of it. */
export function withRest(made: DictValue, rest: Value | undefined): DictValue {
  if (rest === undefined) return made;
  return sized<DictValue>({ ...made, rest }, sizeOf(made));
}
