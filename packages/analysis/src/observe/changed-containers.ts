import { dict, list } from '../interpret/values/containers.ts';
import { sameValue } from '../interpret/values/same-value.ts';
import { type DictValue, type ListValue, UNKNOWN, type Value } from '../interpret/values/value.ts';

/** A list or dict that an instance held once it was made, and what it is later. */
export interface ChangedContainer {
  readonly before: ListValue | DictValue;
  readonly now: Value;
}

/** What an attribute that was a list or dict has become; undefined where it was none, or is the same. */
export function changedContainer(
  before: Value | undefined,
  now: Value | undefined,
): ChangedContainer | undefined {
  if (now === undefined || now === before || (before?.kind !== 'list' && before?.kind !== 'dict'))
    return undefined;
  return { before, now };
}

/** A list or dict of a pattern with what code outside does to that of an instance: each number that it changes is open. */
export function withChanged(own: Value, { before, now }: ChangedContainer): Value {
  if (own.kind === 'dict' && before.kind === 'dict') {
    if (now.kind !== 'dict') return UNKNOWN;
    const changed = [...now.entries].filter(([name, value]) => isOther(before.entries.get(name), value));
    if (changed.length === 0) return own;
    return dict(
      new Map([...own.entries, ...changed.map(([name]) => [name, UNKNOWN] as const)]),
      own.open,
      own.keys,
    );
  }
  if (own.kind !== 'list' || before.kind !== 'list') return own;
  if (now.kind !== 'list') return UNKNOWN;
  const others = now.items.map((value, at) => isOther(before.items[at], value));
  if (!others.includes(true)) return own;
  const isAsLong = now.items.length === own.items.length && !now.open;
  return isAsLong ? list(own.items.map((item, at) => (others[at] === true ? UNKNOWN : item))) : UNKNOWN;
}

/** Whether one of them is a number that the other is not. */
function isOther(before: Value | undefined, now: Value): boolean {
  if (before !== undefined && sameValue(before, now)) return false;
  return now.kind === 'number' || before?.kind === 'number';
}
