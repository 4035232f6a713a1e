import { dict } from '../values/containers.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import type { Heap } from '../values/heap.ts';
import { type ObjectValue, UNKNOWN, type Value } from '../values/value.ts';
import type { ModuleScope } from './module-scope.ts';

/** What a name of a module stands for where code elsewhere may have set it, or items of it, to something else. */
export function asWritten<Held extends Value | undefined>(
  value: Held,
  name: string,
  { written }: ModuleScope,
): Held | Value {
  if (value === undefined || written.size === 0) return value;
  if (written.has(name)) return UNKNOWN;
  if (written.has('*')) return eachOption(value, unlessItStays);
  if (written.has(`${name}[]`)) return eachOption(value, withOtherItems);
  return eachOption(value, (one) => withOtherEntries(one, name, written));
}

/**
 * Notes which fields code sets elsewhere of the objects that a name of a module stands for, and of those that they have: by
 * whatever name they are known where they are read.
 */
export function noteFieldsSet(
  value: Value | undefined,
  name: string,
  module: ModuleScope,
  set: FieldsSet,
): void {
  if (module.written.size === 0 || value === undefined) return;
  const objects = optionsOf(value).filter((one) => one.kind === 'object');
  if (objects.length === 0) return;
  for (const written of module.written) {
    if (!written.startsWith(`${name}.`)) continue;
    const path = written.slice(name.length + 1).split('.');
    for (const object of objects) noteFieldSet(object, path, { heap: module.heap, set });
  }
}

/** The fields of objects that code sets where it cannot be seen what it does before they are read, by the objects' ids. */
type FieldsSet = Map<number, Set<string>>;

interface Noting {
  readonly heap: Heap;
  readonly set: FieldsSet;
}

function noteFieldSet(object: ObjectValue, path: readonly string[], { heap, set }: Noting): void {
  const [field = '', ...rest] = path;
  if (rest.length === 0) {
    const fields = set.get(object.id) ?? new Set();
    set.set(object.id, fields.add(field));
    return;
  }
  const held = heap.attributes(object.id).get(field)?.value;
  if (held === undefined) return;
  for (const one of optionsOf(held)) if (one.kind === 'object') noteFieldSet(one, rest, { heap, set });
}

const STAYS: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'reference', 'object', 'layer']);

/** What code that sets names which it computes leaves of a value: settings may be others. */
export function unlessItStays(value: Value): Value {
  return STAYS.has(value.kind) ? value : UNKNOWN;
}

/** A dict of which functions set some entries, by the name that it has at the top of the file: those may be others. */
function withOtherEntries(value: Value, name: string, written: ReadonlySet<string>): Value {
  if (value.kind !== 'dict') return value;
  const isSet = (key: string) => written.has(`${name}.${key}`) || written.has(`${name}.*`);
  if (![...value.entries.keys()].some(isSet)) return value;
  const entries = [...value.entries].map(
    ([key, entry]) => [key, isSet(key) ? unlessItStays(entry) : entry] as const,
  );
  return dict(new Map(entries), true, value.keys);
}

/** A dict or list in which whatever is computed may be something else: what it registers stays. */
function withOtherItems(value: Value): Value {
  if (value.kind === 'list') return UNKNOWN;
  if (value.kind !== 'dict') return value;
  const entries = [...value.entries].map(([key, entry]) => [key, unlessItStays(entry)] as const);
  return dict(new Map(entries), true, value.keys);
}
