import { literal } from '../growth/quantity.ts';
import type { Arguments } from './interpreter.ts';
import { type ListValue, list, number, UNKNOWN, type Value } from './value.ts';

/** What a method that changes a list makes of it; undefined for one that does not. */
export function mutatedList(before: ListValue, method: string, args: Arguments): ListValue | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  switch (method) {
    case 'append':
      return list([...before.items, first], before.open);
    case 'extend':
      if (first.kind === 'list') return list([...before.items, ...first.items], before.open || first.open);
      return list([...before.items, UNKNOWN], true);
    case 'insert':
      return list([second, ...before.items], before.open);
    case 'pop':
    case 'remove':
    case 'clear':
    case 'sort':
    case 'reverse':
      return list(before.items, true);
    default:
      return undefined;
  }
}

/** A method of a text that is known. */
export function textMethod(text: string, method: string, args: Arguments): Value {
  const [first] = args.positional;
  const other = first?.kind === 'text' ? first.text : undefined;
  switch (method) {
    case 'lower':
      return { kind: 'text', text: text.toLowerCase() };
    case 'upper':
      return { kind: 'text', text: text.toUpperCase() };
    case 'startswith':
      return other === undefined ? UNKNOWN : { kind: 'truth', value: text.startsWith(other) };
    case 'endswith':
      return other === undefined ? UNKNOWN : { kind: 'truth', value: text.endsWith(other) };
    case 'find':
      return other === undefined ? UNKNOWN : number(literal(text.indexOf(other)));
    case 'split':
      return list(text.split(other ?? ' ').map((part): Value => ({ kind: 'text', text: part })));
    default:
      return UNKNOWN;
  }
}

/** A method of a dict whose entries are known. */
export function dictMethod(
  entries: ReadonlyMap<string, Value>,
  open: boolean,
  method: string,
  args: Arguments,
): Value {
  const keys = [...entries.keys()].map((text): Value => ({ kind: 'text', text }));
  switch (method) {
    case 'keys':
      return list(keys, open);
    case 'values':
      return list([...entries.values()], open);
    case 'items':
      return list(
        [...entries].map(([text, value]) => list([{ kind: 'text', text }, value])),
        open,
      );
    case 'get': {
      const [key, fallback = UNKNOWN] = args.positional;
      return (key?.kind === 'text' ? entries.get(key.text) : undefined) ?? (open ? UNKNOWN : fallback);
    }
    default:
      return UNKNOWN;
  }
}
