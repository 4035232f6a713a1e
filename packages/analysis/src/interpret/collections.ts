import { literal } from '../growth/quantity.ts';
import type { Arguments } from './interpreter.ts';
import {
  anyOf,
  type DictValue,
  eachOption,
  either,
  type ListValue,
  list,
  NONE,
  number,
  optionsOf,
  perhapsAbsent,
  UNKNOWN,
  type Value,
} from './value.ts';

/** What a method that changes a list makes of it; undefined for one that does not. */
function mutatedList(before: ListValue, method: string, args: Arguments): ListValue | undefined {
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
      return list(before.items.map(perhapsAbsent), true);
    case 'clear':
      return list([]);
    case 'sort':
      return list(before.items, true);
    case 'reverse':
      return list([...before.items].reverse(), before.open);
    default:
      return undefined;
  }
}

/** What a method that changes lists does to a value that may be several. */
interface ListChange {
  /** What becomes of one alternative. */
  of(option: Value): Value;
  readonly after: Value;
  readonly result: Value;
}

/** What a method does to the lists that a value may be; undefined for one that changes none. */
export function changedLists(receiver: Value, method: string, args: Arguments): ListChange | undefined {
  const options = optionsOf(receiver);
  const changed = new Map<Value, Value>();
  for (const option of options) {
    const after = option.kind === 'list' ? mutatedList(option, method, args) : undefined;
    if (after !== undefined) changed.set(option, after);
  }
  if (changed.size === 0) return undefined;
  const of = (option: Value) => changed.get(option) ?? option;
  const taken = options.flatMap((option) => (option.kind === 'list' ? option.items : []));
  const result = method === 'pop' ? anyOf([...taken, UNKNOWN]) : NONE;
  return { of, after: eachOption(receiver, of), result };
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
export function dictMethod({ entries, open }: DictValue, method: string, args: Arguments): Value {
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

/** A dict with one more entry. A key that is not known may be that of any entry; a number is the name of none. */
export function withEntry(dict: DictValue, key: Value, value: Value): DictValue {
  if (key.kind === 'text') return { ...dict, entries: new Map(dict.entries).set(key.text, value) };
  if (key.kind === 'number') return { ...dict, open: true };
  const entries = new Map([...dict.entries].map(([name, old]) => [name, either([old, value])]));
  return { ...dict, entries, open: true };
}
