import { nameOf } from '../machine/classes.ts';
import { everyArgument } from '../machine/given-arguments.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { either, optionsOf } from '../values/either.ts';
import { isNumeric } from '../values/numbers.ts';
import { sameValue } from '../values/same-value.ts';
import { type FunctionValue, NONE, type Value } from '../values/value.ts';

/** Decorators of functions that run once on what they are given, and give the same again whatever changes. */
const KEEP: ReadonlySet<string> = new Set([
  'cache',
  'cached',
  'cached_property',
  'cachedmethod',
  'lru_cache',
]);

/** More numbers of one function are not kept apart. */
const MOST = 16;

/** What a function gives; of one that gives the numbers that it gave before, those or what it would give now. */
export function cachedResult(
  { definition, receiver }: FunctionValue,
  { args, frame: { interpreter } }: CallSite,
  made: Value,
): Value {
  if (definition.kind === 'lambda' || !definition.decorators.some((one) => KEEP.has(nameOf(one))))
    return made;
  if (args.open || !isOfNumbers(made)) return made;
  const given = [receiver ?? NONE, ...everyArgument(args)];
  const known = interpreter.cached.get(definition) ?? [];
  const before = known.filter(
    (one) =>
      one.given.length === given.length &&
      one.given.every((value, at) => sameValue(value, given[at] ?? NONE)),
  );
  if (!before.some((one) => isSame(one.made, made)) && known.length < MOST)
    interpreter.cached.set(definition, [...known, { given, made }]);
  return before.length === 0 ? made : either([...before.map((one) => one.made), made]);
}

/** Whether a value is a number, or a list or dict of numbers. */
function isOfNumbers(value: Value): boolean {
  return optionsOf(value).every((one) => isNumeric(one) || partsOf(one)?.every(isOfNumbers) === true);
}

function partsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'dict') return [...value.entries.values()];
  return value.kind === 'list' ? value.items : undefined;
}

function isSame(one: Value, other: Value): boolean {
  if (one.kind !== 'dict' || other.kind !== 'dict') return sameValue(one, other);
  return (
    one.entries.size === other.entries.size &&
    [...one.entries].every(([key, value]) => isSame(value, other.entries.get(key) ?? NONE))
  );
}
