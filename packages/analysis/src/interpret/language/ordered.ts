import { exactValue, literal, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import { itemName, lengthName } from '../../growth/symbol.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf } from '../machine/names.ts';
import { frontOf, list, openList, orderedList } from '../values/containers.ts';
import { quantityOf } from '../values/numbers.ts';
import {
  type Count,
  countOf,
  exactCount,
  indexIn,
  moved,
  placed,
  placesOf,
  sameCount,
} from '../values/places.ts';
import { type ListValue, number, type OpaqueValue, type Order, type Value } from '../values/value.ts';

/** A list of which is known how it begins and ends, and what stands between, however often. */
export type OrderedList = ReturnType<typeof orderedList>;

/** Whether it is known of an open list which items come first and last. */
export function isOrdered(value: Value): value is OrderedList {
  return value.kind === 'list' && value.order !== undefined;
}

/** A list from outside, such as the sizes of layers: its first item, those between, its last. */
export function listFrom(container: OpaqueValue, frame: Frame): OrderedList {
  const { symbol } = container;
  const named = (place: string) => fieldOf(symbol, `${symbol.name}[${place}]`, frame);
  const items = [
    fieldOf(symbol, itemName(symbol, 0), frame),
    named('i'),
    fieldOf(symbol, itemName(symbol, -1), frame),
  ];
  return orderedList(items, { at: 1, length: lengthFrom(container, frame) });
}

/** The item at the place that stands for any number of them. */
export function itemBetween({ items, order }: OrderedList): Value {
  // SAFETY: the place is that of one of the items.
  return items[order.at] as Value;
}

function lengthFrom(container: OpaqueValue, frame: Frame): Count {
  return countOf(quantityOf(lengthOf(container, frame)));
}

/** How long a list from outside is. */
export function lengthOf({ symbol }: OpaqueValue, frame: Frame): Value {
  return fieldOf(symbol, lengthName(symbol), frame);
}

/** An item, by an index that need not be a number that is known; undefined where that leaves it open. */
export function orderedItem({ items, order }: OrderedList, index: Value): Value | undefined {
  const quantity = quantityOf(index);
  const place = indexIn(quantity, order.length);
  const after = items.length - 1 - order.at;
  if (place === null) return undefined;
  if (typeof place === 'object') {
    return place.from >= order.at && place.to < -after ? items[order.at] : undefined;
  }
  if (place < 0) return -place <= after + 1 ? items.at(place) : undefined;
  if (place <= order.at) return items[place];
  // The round after the first is one of those between.
  return placesOf(quantity) === null ? undefined : items[order.at];
}

/**
 * An item of a list from outside by the index of a round that another setting counts, as `num_stages` is of `dims`: the list
 * is as long as that says. Undefined for any other index.
 */
export function countedItem(whole: OrderedList, index: Value): Value | undefined {
  const places = placesOf(quantityOf(index));
  if (places === null) return undefined;
  const { base, plus } = places.high;
  if (exactValue(base) !== undefined || plus >= 0) return undefined;
  return orderedItem({ ...whole, order: { ...whole.order, length: { base, plus: 0 } } }, index);
}

/** `sizes[start:stop]` where both cut off what is known to be there; undefined for any other. */
export function orderedSlice(
  { items, order, tuple }: OrderedList,
  [start, stop]: readonly [number, number | null],
): Value | undefined {
  const after = items.length - 1 - order.at;
  if (start < 0 || start > order.at || (stop !== null && (stop >= 0 || -stop > after))) return undefined;
  const kept = items.slice(start, stop ?? items.length);
  const length = moved(order.length, (stop ?? 0) - start);
  return orderedList(kept, { at: order.at - start, length }, tuple);
}

/** One list behind the other: at most one of them has an order that is not written out. */
export function appended(one: ListValue, other: ListValue): ListValue {
  const items = [...one.items, ...other.items];
  if (isOrdered(one) && !other.open) {
    return orderedList(
      items,
      { at: one.order.at, length: moved(one.order.length, other.items.length) },
      one.tuple,
    );
  }
  if (isOrdered(other) && !one.open) {
    const { at, length } = other.order;
    const { length: before } = one.items;
    return orderedList(items, { at: at + before, length: moved(length, before) }, one.tuple);
  }
  if (!one.open && !other.open) return list(items, false, one.tuple);
  return openList(items, frontOf(one) + (one.open ? 0 : frontOf(other)), one.tuple);
}

/** Tuples of the items of several lists that are equally long but for what one has less at its end. */
export function zipOrdered(lists: readonly Value[]): Value | undefined {
  if (lists.length === 0 || !lists.every(isOrdered)) return undefined;
  const lengths = lists.map(({ order }) => order.length);
  const shortest = lengths.reduce((least, one) => (one.plus < least.plus ? one : least));
  const trimmed = lists.map((one) => trimmedTo(one, shortest));
  if (!trimmed.every((one) => one !== undefined)) return undefined;
  const at = Math.max(...trimmed.map(({ order }) => order.at));
  const after = Math.max(...trimmed.map(({ items, order }) => items.length - 1 - order.at));
  const place = (count: number) => list(trimmed.map((one) => reached(one, count)));
  const items = [
    ...Array.from({ length: at + 1 }, (_, count) => place(count)),
    ...Array.from({ length: after }, (_, count) => place(count - after)),
  ];
  return orderedList(items, { at, length: shortest });
}

function trimmedTo(one: OrderedList, length: Count): OrderedList | undefined {
  const by = one.order.length.plus - length.plus;
  if (!sameCount(moved(one.order.length, -by), length)) return undefined;
  if (by === 0) return one;
  const cut = orderedSlice(one, [0, -by]);
  return cut !== undefined && isOrdered(cut) ? cut : undefined;
}

/** The item so far from the start, or, negative, from the end, of a list that is long enough. */
function reached({ items, order }: OrderedList, count: number): Value {
  const after = items.length - 1 - order.at;
  const between = items[order.at] as Value;
  if (count < 0) return (-count <= after ? items.at(count) : between) ?? between;
  return (count <= order.at ? items[count] : between) ?? between;
}

/** `enumerate` over such a list. */
export function enumerateOrdered(
  one: OrderedList,
  start: number,
  symbol: (name: string) => WidthSymbol,
): Value {
  const { at, length } = one.order;
  const after = one.items.length - 1 - at;
  const index = (count: number): Quantity => {
    if (count < at) return literal(start + count);
    if (count === at) {
      return placed(symbol('a round between'), exactCount(start + at), moved(length, start - after - 1));
    }
    const place = moved(length, start + count - one.items.length);
    return placed(symbol(`round ${count} before the end`), place, place);
  };
  const pairs = one.items.map((item, count) => list([number(index(count)), item]));
  return orderedList(pairs, one.order);
}

/** `range(start, stop)` up to a number that is not known: its first, those between, its last. */
export function orderedRange(
  start: number,
  stop: Quantity,
  symbol: (name: string) => WidthSymbol,
): OrderedList {
  const end = countOf(stop);
  const one = (name: string, low: Count, high: Count) => number(placed(symbol(name), low, high));
  const [first, last] = [exactCount(start), moved(end, -1)];
  const items = [
    one('first round', first, first),
    one('a round between', moved(first, 1), moved(last, -1)),
    one('last round', last, last),
  ];
  const order: Order = { at: 1, length: moved(end, -start), isRange: true };
  return orderedList(items, order);
}

/** How many items of a list are told apart before and behind that which stands for any number of them. */
export interface Ends {
  readonly before: number;
  readonly behind: number;
}

export function endsOfList({ items, order }: OrderedList): Ends {
  return { before: order.at, behind: items.length - 1 - order.at };
}

/** A range that tells apart so many of its first and of its last rounds. */
export function withEnds(
  range: OrderedList,
  { before, behind }: Ends,
  symbol: (name: string) => WidthSymbol,
): OrderedList {
  const [start, end] = [range.items.at(0), range.items.at(-1)].map((one) => one && placesOf(quantityOf(one)));
  if (!start || !end) return range;
  const one = (name: string, low: Count, high = low) => number(placed(symbol(name), low, high));
  const items = [
    ...Array.from({ length: before }, (_, at) => one(`round ${at}`, moved(start.low, at))),
    one('a round between', moved(start.low, before), moved(end.high, -behind)),
    ...Array.from({ length: behind }, (_, at) => {
      const left = behind - 1 - at;
      return one(`round ${left} before the last`, moved(end.high, -left));
    }),
  ];
  return orderedList(items, { ...range.order, at: before });
}
