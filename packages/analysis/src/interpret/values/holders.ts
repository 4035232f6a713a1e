import { eachOption } from './either.ts';
import type { Holder, Value } from './value.ts';

const NOBODY: ReadonlySet<Holder> = new Set();

/** Whose field a number is, or the fields that it is computed of. */
export function holdersOf(value: Value): ReadonlySet<Holder> {
  return ((value.kind === 'number' || value.kind === 'opaque') && value.holders) || NOBODY;
}

/** A field of a configuration, or what is computed of such fields. */
export function heldBy(value: Value, holders: ReadonlySet<Holder>): Value {
  if (holders.size === 0) return value;
  return eachOption(value, (option) =>
    option.kind === 'number' || option.kind === 'opaque' ? { ...option, holders } : option,
  );
}

/** What is computed of numbers, as a field of all whose fields these are. */
export function computedOfHeld(made: Value, of: readonly Value[]): Value {
  const [first = NOBODY, ...others] = of.map(holdersOf).filter(({ size }) => size > 0);
  return heldBy(made, others.length === 0 ? first : new Set([first, ...others].flatMap((one) => [...one])));
}
