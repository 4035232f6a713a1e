import { isModuleClass } from '../../interpret/machine/classes.ts';
import type { Frame } from '../../interpret/machine/interpreter.ts';
import { deepCopy } from '../../interpret/modules/copies.ts';
import { dict, list } from '../../interpret/values/containers.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';

export const COPIES: ReadonlySet<string> = new Set(['copy.deepcopy', 'copy.copy']);

/** A deep copy is followed; of another one, which shares what it holds, only that of lists and dicts is. */
export function copied(qualified: string, value: Value, frame: Frame): Value {
  if (qualified === 'copy.deepcopy') return deepCopy(value, frame);
  if (!frame.building && (value.kind === 'object' || value.kind === 'layer')) return UNKNOWN;
  return value.kind === 'object' && !isModuleClass(frame.interpreter, value.definition)
    ? UNKNOWN
    : copyOf(value);
}

/** Another list or dict of copies. */
function copyOf(value: Value): Value {
  if (value.kind === 'list') return list(value.items.map(copyOf), value.open);
  if (value.kind !== 'dict') return value;
  const entries = new Map([...value.entries].map(([name, entry]) => [name, copyOf(entry)]));
  return dict(entries, value.open, value.keys);
}
