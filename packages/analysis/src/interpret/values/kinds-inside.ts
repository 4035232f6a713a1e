import type { Value } from './value.ts';

/** A bit a kind of what changes in place; all others share one. */
const BITS: ReadonlyMap<Value['kind'], number> = new Map([
  ['list', 2],
  ['dict', 4],
  ['tensor', 8],
  ['number', 16],
  ['either', 32],
  ['partial', 64],
]);

/** Those of lists and dicts. */
export const LISTS: number = 2 | 4;

export function bitOf({ kind }: Value): number {
  return BITS.get(kind) ?? 1;
}

/** The kinds of all that a container holds, however deep, as bits; none for what is no container. */
export function kindsIn(value: Value): number {
  switch (value.kind) {
    case 'list':
      return value.kinds ?? kindsAmong(value.items);
    case 'dict':
      return value.kinds ?? kindsAmong(value.entries.values());
    case 'partial':
      return value.kinds ?? kindsAmong(value.positional);
    case 'either':
      return value.kinds ?? kindsAmong(value.options);
    default:
      return 0;
  }
}

/** The kinds of some values and of all that they hold. */
export function kindsAmong(values: Iterable<Value>): number {
  let kinds = 0;
  for (const value of values) kinds |= bitOf(value) | kindsIn(value);
  return kinds;
}

let turns = 0;

/** That of a container which is made now. */
export function nextTurn(): number {
  return ++turns;
}
