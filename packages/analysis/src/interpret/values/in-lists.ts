import { optionsOf } from './either.ts';
import type { ListValue, Value } from './value.ts';

/** What is no list in a value, through alternatives and lists in lists; a list that stands in several is gone through once. */
export function inLists(value: Value): readonly Value[] {
  const found: Value[] = [];
  someInLists(value, (one) => {
    found.push(one);
    return false;
  });
  return found;
}

/** Whether a test holds of any of what {@link inLists} gives. */
export function someInLists(
  value: Value,
  test: (one: Value) => boolean,
  seen: Set<ListValue> = new Set(),
): boolean {
  return optionsOf(value).some((one) => {
    if (one.kind !== 'list') return test(one);
    if (seen.has(one)) return false;
    seen.add(one);
    return one.items.some((item) => someInLists(item, test, seen));
  });
}
