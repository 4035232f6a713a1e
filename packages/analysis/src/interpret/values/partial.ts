import { eachOption } from './either.ts';
import { kindsAmong, nextTurn } from './kinds-inside.ts';
import { type OpaqueValue, type PartialValue, UNKNOWN, type Value } from './value.ts';
import { sizeOf } from './value-size.ts';

/** More arguments, in one another too, than a call is given; a call of something with more is not followed. */
const MAX_GIVEN = 256;

/** The setting that alone may add more to what two calls are given. */
export function onlyOptional(
  one: Pick<PartialValue, 'open' | 'optional'>,
  other: Pick<PartialValue, 'open' | 'optional'>,
): OpaqueValue | undefined {
  if (one.open && other.open) return undefined;
  return one.open ? one.optional : other.optional;
}

/** Something to call, with some of its arguments; where it has some already, these come first. */
export function partial(callee: Value, given: Omit<PartialValue, 'kind' | 'callee'>): Value {
  if (callee.kind === 'either') return eachOption(callee, (option) => partial(option, given));
  if (callee.kind === 'partial') {
    const positional = [...callee.positional, ...given.positional];
    const named = new Map([...callee.named, ...given.named]);
    const open = callee.open || given.open;
    const optional = onlyOptional(callee, given);
    const at = given.at ?? callee.at;
    return partial(callee.callee, {
      positional,
      named,
      open,
      ...(optional !== undefined && { optional }),
      ...(at !== undefined && { at }),
    });
  }
  const size = [...given.positional, ...given.named.values()].reduce((sum, one) => sum + sizeOf(one), 1);
  if (size > MAX_GIVEN) return UNKNOWN;
  return { kind: 'partial', callee, ...given, size, kinds: kindsAmong(given.positional), turn: nextTurn() };
}
