import { MAX_ITEMS } from './containers.ts';
import type { ListValue, Value } from './value.ts';

/** No text of the code begins thus. */
const IDENTITY = '\0id ';

/** The number that Python gives an object, as a text: two objects have two. */
export function identity(name: string): Value {
  return { kind: 'text', text: `${IDENTITY}${name}` };
}

function isIdentity(value: Value): boolean {
  return value.kind === 'text' && value.text.startsWith(IDENTITY);
}

/** Whether all that a list may hold is among its items, of which one may stand for the like: identities of what a loop goes through. */
export function holdsIdentitiesAlone({ items }: ListValue): boolean {
  return items.length > 0 && items.length < MAX_ITEMS && items.every(isIdentity);
}
