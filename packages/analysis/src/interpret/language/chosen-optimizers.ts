import type { Frame } from '../machine/interpreter.ts';
import { mayBeMeantBeside, textMeant } from '../machine/switches.ts';
import type { DictValue, Value } from '../values/value.ts';

/**
 * The optimizer that a setting of a script chooses of a dict of them by its default, `OPTIMIZERS[args.optimizer]`: it is
 * taken to be left at that, as where branches choose. Undefined for anything else.
 */
export function chosenOptimizer({ entries, open }: DictValue, key: Value, frame: Frame): Value | undefined {
  const text = key.kind === 'text' || open ? undefined : textMeant(key, frame.interpreter);
  const made = text === undefined ? undefined : entries.get(text);
  if (text === undefined || made === undefined) return undefined;
  const all = [...entries.values()].filter((value) => isOptimizer(value, frame));
  const isMeant = !mayBeMeantBeside(all.flatMap(nameIn), nameIn(made), frame.interpreter);
  return isMeant && all.length === entries.size ? left(made, { key, text }, frame) : undefined;
}

/** The same of what a library has under the name: `getattr(torch.optim, args.optimizer)`. */
export function namedOptimizer(library: Value, key: Value, frame: Frame): Value | undefined {
  const text = library.kind === 'reference' ? textMeant(key, frame.interpreter) : undefined;
  if (library.kind !== 'reference' || text === undefined) return undefined;
  const made: Value = { kind: 'reference', qualified: `${library.qualified}.${text}` };
  return isOptimizer(made, frame) ? left(made, { key, text }, frame) : undefined;
}

function nameIn(value: Value): readonly string[] {
  return value.kind === 'reference' ? [value.qualified] : [];
}

function isOptimizer(value: Value, { interpreter }: Frame): boolean {
  return value.kind === 'reference' && interpreter.libraries.isOptimizer(value.qualified);
}

function left(
  made: Value,
  { key, text }: { readonly key: Value; readonly text: string },
  { interpreter: { switches } }: Frame,
): Value {
  const name = key.kind === 'opaque' || key.kind === 'unknown' ? key.symbol?.name : undefined;
  if (name !== undefined) switches.chosen.set(name, text);
  return made;
}
