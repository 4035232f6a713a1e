import { itemOf } from '../../interpret/language/items.ts';
import { bind, findMethod } from '../../interpret/machine/classes.ts';
import { replace } from '../../interpret/machine/frames.ts';
import { NO_ARGUMENTS } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { iterated } from '../../interpret/modules/modules.ts';
import { frontOf, generator, list, openList } from '../../interpret/values/containers.ts';
import { anyOf, either, optionsOf, perhapsAbsent } from '../../interpret/values/either.ts';
import { isAbsent, type ListValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** `iter(values)` and `next(iterator)`, which takes an item: whoever asks next has those behind it. */
export function iteratorCall(qualified: string, site: CallSite): Value | undefined {
  const { args, frame } = site;
  const [given = UNKNOWN, fallback] = args.positional;
  if (qualified === 'builtins.iter') return args.positional.length > 1 ? undefined : over(given, frame);
  if (qualified !== 'builtins.next') return undefined;
  return anyOf(optionsOf(given).map((one) => taken(one, fallback, site)));
}

function over(given: Value, frame: Frame): Value {
  const value = iterated(given, frame);
  return value.kind === 'list' && value.once !== true ? generator({ ...value }) : value;
}

function taken(iterator: Value, fallback: Value | undefined, { frame, span }: CallSite): Value {
  if (iterator.kind === 'object') {
    const own = findMethod(frame.interpreter, iterator.definition, '__next__');
    if (own === undefined) return itemOf(iterator, UNKNOWN, frame);
    return frame.call(bind(own, iterator), NO_ARGUMENTS, span);
  }
  if (iterator.kind !== 'list') return itemOf(iterator, UNKNOWN, frame);
  const [first, ...others] = iterator.items;
  if (first === undefined && !iterator.open) return fallback ?? UNKNOWN;
  if (first !== undefined && isFirst(iterator, first)) {
    const front = frontOf(iterator) - 1;
    replace(iterator, generator(iterator.open ? openList(others, front) : list(others)), frame);
    return first;
  }
  // What may not be there is not what is taken.
  const there = optionsOf(itemOf(iterator, UNKNOWN, frame)).filter((option) => !isAbsent(option));
  const item = there.length === 0 ? UNKNOWN : either(there);
  replace(iterator, generator(list(iterator.items.map(perhapsAbsent), true)), frame);
  return fallback === undefined ? item : anyOf([item, fallback]);
}

/** Whether the first item of a list is surely the one that comes first. */
function isFirst(iterator: ListValue, first: Value): boolean {
  return frontOf(iterator) > 0 && iterator.order === undefined && optionsOf(first).length === 1;
}
