import type { AssignStatement, Expression } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';
import { withEntries } from '../values/containers.ts';
import { named } from '../values/named.ts';
import type { DictValue, ObjectValue, Value } from '../values/value.ts';
import { hasEntries } from './entry-attributes.ts';

/**
 * `DEFAULTS = {'width': 512}` and `CONFIG = SimpleNamespace(width=512)` at the top of a file: numbers of a dict or a namespace
 * that is written there go by their keys.
 */
export function namedEntries(
  { targets, value: written }: AssignStatement,
  value: Value,
  frame: Frame,
): Value {
  const [target, ...others] = targets;
  if (target?.kind !== 'name' || others.length > 0 || frame.stack.length > 0) return value;
  if (value.kind === 'object' && hasEntries(value) && written?.span === value.span)
    nameFields(value, target.name, frame);
  return value.kind === 'dict' && isDisplay(written) ? withNames(value, target.name, frame) : value;
}

function nameFields(
  { id }: ObjectValue,
  name: string,
  { heap, interpreter: { symbols }, module }: Frame,
): void {
  const owner = symbols.of(module.symbol, name);
  for (const [key, attribute] of heap.attributes(id)) {
    const value = named(attribute.value, () => symbols.constant(owner, key));
    if (value !== attribute.value) heap.setAttribute(id, key, { ...attribute, value });
  }
}

/** `{…}`, `dict(…)`: what a function gives may be a dict that others have, too. */
function isDisplay(written: Expression | null): boolean {
  if (written?.kind !== 'call') return written?.kind === 'dict';
  return written.callee.kind === 'name' && written.callee.name === 'dict';
}

function withNames(made: DictValue, name: string, { interpreter: { symbols }, module }: Frame): DictValue {
  const owner = symbols.of(module.symbol, name);
  const entries = [...made.entries].map(
    ([key, entry]) =>
      [key, made.keys.has(key) ? entry : named(entry, () => symbols.constant(owner, key))] as const,
  );
  return withEntries(made, new Map(entries));
}
