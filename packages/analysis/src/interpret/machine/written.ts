import { dict } from '../values/containers.ts';
import { eachOption } from '../values/either.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
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
  return written.has(`${name}[]`) ? eachOption(value, withOtherItems) : value;
}

const STAYS: ReadonlySet<Value['kind']> = new Set(['function', 'class', 'reference', 'object', 'layer']);

/** What code that sets names which it computes leaves of a value: settings may be others. */
export function unlessItStays(value: Value): Value {
  return STAYS.has(value.kind) ? value : UNKNOWN;
}

/** A dict or list in which whatever is computed may be something else: what it registers stays. */
function withOtherItems(value: Value): Value {
  if (value.kind === 'list') return UNKNOWN;
  if (value.kind !== 'dict') return value;
  const entries = [...value.entries].map(([key, entry]) => [key, unlessItStays(entry)] as const);
  return dict(new Map(entries), true, value.keys);
}
