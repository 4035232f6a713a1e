import { optionsOf } from '../../interpret/values/either.ts';
import type { DictValue, Value } from '../../interpret/values/value.ts';

/** What a state that comes from outside may be, as far as is known. */
const OUTSIDE: ReadonlySet<Value['kind']> = new Set(['unknown', 'opaque', 'reference', 'none']);

/**
 * Whether a state is of an earlier run, as far as is known: the code itself does not compute it. It may fill in what
 * the state of an older run lacks.
 */
export function isFromOutside(state: Value): boolean {
  const options = optionsOf(state);
  const loaded = options.filter(isLoaded);
  const isFilledIn = (key: string) => loaded.some(({ entries }) => !entries.has(key));
  return (
    options.every((option) => OUTSIDE.has(option.kind) || isLoaded(option)) &&
    loaded.every(({ entries }) => [...entries.keys()].every(isFilledIn))
  );
}

function isLoaded(option: Value): option is DictValue {
  return option.kind === 'dict' && option.isLoaded === true;
}
