import { eachOption } from './either.ts';
import { type PartialValue, UNKNOWN, type Value } from './value.ts';
import { sized, sizeOf } from './value-size.ts';

/** More arguments, in one another too, than a call is given; a call of something with more is not followed. */
const MAX_GIVEN = 256;

/** Something to call, with some of its arguments; where it has some already, these come first. */
export function partial(callee: Value, given: Omit<PartialValue, 'kind' | 'callee'>): Value {
  if (callee.kind === 'either') return eachOption(callee, (option) => partial(option, given));
  if (callee.kind === 'partial') {
    const positional = [...callee.positional, ...given.positional];
    const named = new Map([...callee.named, ...given.named]);
    return partial(callee.callee, { positional, named, open: callee.open || given.open });
  }
  const size = [...given.positional, ...given.named.values()].reduce((sum, one) => sum + sizeOf(one), 1);
  if (size > MAX_GIVEN) return UNKNOWN;
  return sized<PartialValue>({ kind: 'partial', callee, ...given }, size);
}
