import type { Frame } from '../../interpret/machine/interpreter.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import type { Value } from '../../interpret/values/value.ts';

const SEQUENCES: ReadonlySet<string> = new Set([
  ...['list', 'tuple'].map((name) => `builtins.${name}`),
  ...['collections.abc', 'typing'].map((module) => `${module}.Sequence`),
]);

/**
 * Whether a setting of a model, of which it is asked whether it is a list (`dim if isinstance(dim, tuple) else (dim,)`), is
 * taken to be one number, which is said: it has no default, no call in sight gives it a list, and the code is for either.
 */
export function isTakenForNumber(value: Value, asked: Value, { interpreter }: Frame): boolean {
  const kinds = asked.kind === 'list' ? asked.items : [asked];
  const isOfLists = kinds.every((one) => one.kind === 'reference' && SEQUENCES.has(one.qualified));
  if (!isOfLists || value.kind !== 'opaque') return false;
  if (value.fallback !== null || value.isOfKind !== true) return false;
  interpreter.settled.set(value.symbol, { kind: 'number', quantity: quantityOf(value) });
  return true;
}
