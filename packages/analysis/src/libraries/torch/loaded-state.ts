import { optionsOf, type Value } from '../../interpret/value.ts';

/** What a state that comes from outside may be, as far as is known. */
const OUTSIDE: ReadonlySet<Value['kind']> = new Set(['unknown', 'opaque', 'reference', 'none']);

/** Whether a state is of an earlier run, as far as is known: the code itself does not compute it. */
export function isFromOutside(state: Value): boolean {
  return optionsOf(state).every(({ kind }) => OUTSIDE.has(kind));
}
