import { frontOf, list, openList } from '../values/containers.ts';
import { madeOfPaths } from '../values/part-paths.ts';
import { type ListValue, text, UNKNOWN, type Value } from '../values/value.ts';
import { isOrdered, orderedSlice } from './ordered.ts';

/** A bound of a slice: null where it is left out, undefined where it is not known. */
export type Bound = number | null | undefined;

/** A stretch of a text is one. */
export function joinedText(part: ListValue, of: Value): Value {
  const characters = part.items.flatMap((one) => (one.kind === 'text' ? [one.text] : []));
  return madeOfPaths(text(characters.join('')), [of]);
}

/** A stretch of a list of which it is not known how long it is; undefined where the code does not say which that is. */
export function slicedOpen(whole: Value, exact: readonly Bound[]): Value | undefined {
  const [start = null, stop = null, step = null] = exact;
  const isStretch = (step ?? 1) === 1 && !exact.includes(undefined);
  if (whole.kind !== 'list' || !whole.open || !isStretch) return undefined;
  const part = isOrdered(whole) ? orderedSlice(whole, [start ?? 0, stop]) : undefined;
  return part ?? slicedFront(whole, [start ?? 0, stop]);
}

/** A stretch of a list all of which is known; undefined where the code does not say which that is. */
export function slicedList(whole: Value, exact: readonly Bound[]): Value | undefined {
  if (whole.kind !== 'list' || whole.open || exact.includes(undefined)) return undefined;
  const [start = null, stop = null, step = null] = exact;
  return list(sliced(whole.items, { start, stop, step: step ?? 1 }), false, whole.tuple);
}

/** Whether a slice is the front of a list of which it is not known how long it is: as many of its items. */
export function isFront({ open }: ListValue, [start, stop, step]: readonly Bound[]): boolean {
  return open && (start ?? 0) === 0 && (step ?? 1) === 1 && stop === undefined;
}

/** What a slice that cuts nothing but the front leaves of a list of which no more is known; undefined for any other. */
function slicedFront(
  whole: ListValue,
  [start, stop]: readonly [number, number | null],
): ListValue | undefined {
  const front = frontOf(whole);
  if (start < 0 || start > front || (stop !== null && (stop < 0 || stop > front))) return undefined;
  const { items, tuple } = whole;
  return stop === null
    ? openList(items.slice(start), front - start, tuple)
    : list(items.slice(start, stop), false, tuple);
}

/** Python's own reading of bounds: those outside of the list are its ends. */
function sliced(
  items: readonly Value[],
  { start, stop, step }: { readonly start: Bound; readonly stop: Bound; readonly step: number },
): readonly Value[] {
  if (step === 1) return items.slice(start ?? 0, stop ?? items.length);
  if (step === 0) return [];
  const { length } = items;
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const clamp = (bound: number) => Math.min(high, Math.max(low, bound < 0 ? bound + length : bound));
  const [from, to] =
    step > 0
      ? [clamp(start ?? 0), clamp(stop ?? length)]
      : [clamp(start ?? length - 1), stop == null ? -1 : clamp(stop)];
  const count = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length: count }, (_, index) => items[from + index * step] ?? UNKNOWN);
}
