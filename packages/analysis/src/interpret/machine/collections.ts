import { exactValue } from '../../growth/quantity.ts';
import { asLoaded, dict, frontOf, list, madeLike, openList, withOthers } from '../values/containers.ts';
import { anyOf, eachOption, either, optionsOf, perhapsAbsent } from '../values/either.ts';
import { isPart } from '../values/likeness.ts';
import { lookedUp } from '../values/looked-up.ts';
import { exactInteger } from '../values/numbers.ts';
import {
  ABSENT,
  type Composed,
  type DictValue,
  type ListValue,
  NONE,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { composedName, isComposedName, mayBeComposed } from './composed-names.ts';
import type { Arguments } from './given-arguments.ts';
import { numbersBeside } from './numbers-beside.ts';

/** What a method that changes a list makes of it; undefined for one that does not. */
function mutatedList(before: ListValue, method: string, args: Arguments): ListValue | undefined {
  const [first = UNKNOWN, second = UNKNOWN] = args.positional;
  switch (method) {
    case 'append':
    case 'add':
      return withMore(before, [first]);
    case 'extend':
    case 'update':
      return first.kind === 'list'
        ? withMore(before, first.items, first.open)
        : withMore(before, [UNKNOWN], true);
    case 'insert':
      return inserted(before, first, second);
    case 'pop':
      return popped(before, args)?.after ?? perhapsShorter(before);
    case 'remove':
    case 'discard':
      return perhapsShorter(before);
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

/** A list with more items behind those that it has. */
function withMore(before: ListValue, more: readonly Value[], open = false): ListValue {
  const items = [...before.items, ...more];
  return before.open || open ? openList(items, frontOf(before)) : list(items);
}

/** A list with one more item; where the place is not known, any item may be at any. */
function inserted({ items, open }: ListValue, place: Value, item: Value): ListValue {
  const at = exactInteger(place);
  if (at === undefined || (open && at !== 0)) {
    const any = anyOf([...items, item]);
    return list([...items.map(() => any), any], open);
  }
  const from = items.slice(0, at);
  return list([...from, item, ...items.slice(from.length)], open);
}

/** A list from which any item may have gone. */
function perhapsShorter({ items }: ListValue): ListValue {
  return list(items.map(perhapsAbsent), true);
}

/** What is left of a list without its last item or the one at a place, and that item; undefined where it is not known which. */
function popped(
  { items, open }: ListValue,
  { positional, open: isOpen }: Arguments,
): Mutated<ListValue> | undefined {
  const [place] = positional;
  const given = place === undefined ? -1 : exactInteger(place);
  const isCertain = items.every((item) => optionsOf(item).length === 1);
  if (given === undefined || isOpen || open || !isCertain) return undefined;
  const at = given < 0 ? items.length + given : given;
  const result = items[at];
  return result === undefined
    ? undefined
    : { after: list([...items.slice(0, at), ...items.slice(at + 1)]), result };
}

/** What a method has made of a list or dict, and gave. */
interface Mutated<Kind extends Value = Value> {
  readonly after: Kind;
  readonly result: Value;
}

/** What a method that changes a dict makes of it, and gives; undefined for one that does not. */
function mutatedDict(
  before: DictValue,
  method: string,
  { positional, named, open }: Arguments,
): Mutated | undefined {
  const [first, second = NONE] = positional;
  switch (method) {
    case 'update': {
      const more = first === undefined ? before : updated(before, first);
      return { after: updated(more, dict(named, open)), result: NONE };
    }
    case 'clear':
      return { after: dict(new Map()), result: NONE };
    case 'setdefault': {
      const known = first && entryAt(before, first);
      if (known !== undefined) return { after: before, result: known };
      const result = before.open ? UNKNOWN : second;
      return { after: withEntry(before, first ?? UNKNOWN, result), result };
    }
    case 'pop': {
      const key = first && keyOf(first);
      if (key === undefined) return { after: perhapsWithout(before), result: UNKNOWN };
      const entries = new Map(before.entries);
      entries.delete(key);
      const result = before.entries.get(key) ?? (before.open ? UNKNOWN : second);
      return { after: dict(entries, before.open, before.keys), result };
    }
    case 'popitem':
      return { after: perhapsWithout(before), result: UNKNOWN };
    default:
      return undefined;
  }
}

/** A dict from which any entry may have gone. */
export function perhapsWithout({ entries, keys }: DictValue): DictValue {
  const perhaps = [...entries].map(([name, value]) => [name, either([value, ABSENT])] as const);
  return dict(new Map(perhaps), true, keys);
}

/** A dict with the entries of another one, which replace its own. */
export function updated(made: DictValue, other: Value): DictValue {
  const isKnown = other.kind === 'dict' && !other.open;
  // what is not known to be in the other one may stand for any entry
  const before = isKnown
    ? made.entries
    : new Map([...made.entries].map(([name, old]) => [name, either([old, UNKNOWN])]));
  const entries = new Map([...before, ...(other.kind === 'dict' ? other.entries : [])]);
  const keys = other.kind === 'dict' ? new Map([...made.keys, ...other.keys]) : made.keys;
  return dict(entries, made.open || !isKnown, keys);
}

/** What a method that changes lists or dicts does to a value that may be several. */
interface CollectionChange {
  /** What becomes of one alternative. */
  of(option: Value): Value;
  readonly after: Value;
  readonly result: Value;
}

function mutated(option: Value, method: string, args: Arguments): Mutated | undefined {
  if (option.kind === 'dict') return mutatedDict(option, method, args);
  const after = option.kind === 'list' ? mutatedList(option, method, args) : undefined;
  if (after === undefined || option.kind !== 'list') return undefined;
  if (method !== 'pop') return { after, result: NONE };
  return { after, result: popped(option, args)?.result ?? anyOf([...option.items, UNKNOWN]) };
}

/** What a method does to the lists and dicts that a value may be; undefined for one that changes none. */
export function changedCollections(
  receiver: Value,
  method: string,
  args: Arguments,
): CollectionChange | undefined {
  const options = optionsOf(receiver);
  const changed = new Map<Value, Value>();
  const results: Value[] = [];
  for (const option of options) {
    const done = mutated(option, method, args);
    if (done === undefined) continue;
    changed.set(option, done.after);
    results.push(done.result);
  }
  if (changed.size === 0) return undefined;
  if (changed.size < options.length) results.push(UNKNOWN);
  const of = (option: Value) => changed.get(option) ?? option;
  return { of, after: eachOption(receiver, of), result: anyOf(results) };
}

/** A method of a dict whose entries are known. */
export function dictMethod(made: DictValue, method: string, args: Arguments): Value {
  const { entries, open } = made;
  switch (method) {
    case 'keys':
      return list(keysOf(made), open);
    case 'values':
      return list([...entries.values()], open);
    case 'items':
      return list(
        keysOf(made).map((key, index) => list([key, [...entries.values()][index] ?? UNKNOWN])),
        open,
      );
    case 'copy':
      return dict(entries, open, made.keys);
    case 'get': {
      const [key, fallback = UNKNOWN] = args.positional;
      const missing = open ? UNKNOWN : fallback;
      const entry =
        key !== undefined && keyOf(key) !== undefined
          ? (entryAt(made, key) ?? missing)
          : either([...entries.values(), missing]);
      return key === undefined ? entry : lookedUp(entry, key);
    }
    default:
      return UNKNOWN;
  }
}

/** A dict with one more entry. A key that is not known may be that of any entry; a number is the name of none, but may be another number. */
export function withEntry(before: DictValue, key: Value, value: Value): DictValue {
  const name = keyOf(key);
  if (name !== undefined) {
    const keys = key.kind === 'text' ? before.keys : new Map(before.keys).set(name, key);
    const made = dict(new Map(before.entries).set(name, value), before.open, keys);
    return madeLike(before, made);
  }
  const beside = key.kind === 'unknown' && isPart(value) ? withComposed(before, key.composed, value) : null;
  if (beside !== null) return beside;
  const isNumber = (other: string) =>
    optionsOf(before.keys.get(other) ?? UNKNOWN).some(({ kind }) => kind === 'number');
  const mayBe = (other: string) => key.kind !== 'number' || isNumber(other);
  const entries = new Map(
    [...before.entries].map(([other, old]) => [other, mayBe(other) ? either([old, value]) : old]),
  );
  const keys = [...before.keys].map(
    ([other, old]) => [other, isNumber(other) ? either([old, key]) : old] as const,
  );
  const { isLoaded, ...made } = before;
  const isNew = before.entries.size === 0 && !before.open;
  const after = withOthers(madeLike(made, dict(entries, true, new Map(keys))), numbersBeside(before, value));
  // A state that is loaded may be put together anew, of entries that come from outside themselves.
  return (isLoaded || isNew) && value.kind === 'unknown' ? asLoaded(after) : after;
}

/**
 * A dict with a part of a model under a name that the code puts together, which is the name of none that is there: those begin
 * with something else, or are put together there, too, as in another round of a loop. Null where it may be one of them.
 */
function withComposed(before: DictValue, composed: Composed | undefined, part: Value): DictValue | null {
  if (composed === undefined) return null;
  const names = [...before.entries.keys()].filter((name) => !before.keys.has(name));
  const own = names.filter((name) => isComposedName(name, composed));
  if (names.some((name) => !own.includes(name) && mayBeComposed(name, composed))) return null;
  const name = composedName(composed, own.length);
  return madeLike(before, dict(new Map(before.entries).set(name, part), true, before.keys));
}

/** Marks what is no text among the keys of a dict; no text that is read begins with it. */
const NO_TEXT = '\0key ';

/** What a dict keeps an entry under; undefined for a key of which it is not known whether it is another one. */
export function keyOf(key: Value): string | undefined {
  switch (key.kind) {
    case 'text':
      return key.text;
    case 'number': {
      const exact = exactValue(key.quantity);
      if (exact === undefined) return undefined;
      return `${NO_TEXT}${exact.numerator}${exact.denominator === 1 ? '' : `/${exact.denominator}`}`;
    }
    case 'truth':
      return `${NO_TEXT}${key.value ? 1 : 0}`;
    case 'none':
      return `${NO_TEXT}None`;
    case 'object':
      return `${NO_TEXT}at ${key.id}`;
    case 'layer':
      return `${NO_TEXT}at ${key.layer.id}`;
    case 'parameter':
      return key.part === true ? undefined : `${NO_TEXT}at ${key.layer.id}.${key.which}`;
    case 'reference':
      return `${NO_TEXT}${key.qualified}`;
    default:
      return undefined;
  }
}

/** The entry of a key that is known, if there is one. */
export function entryAt({ entries }: DictValue, key: Value): Value | undefined {
  const name = keyOf(key);
  return name === undefined ? undefined : entries.get(name);
}

/** The keys of a dict, in order; those of parameters and modules are paths. */
export function keysOf({ entries, keys }: DictValue): readonly Value[] {
  return [...entries].map(([name, { kind }]) => {
    const isPath = kind === 'parameter' || kind === 'layer';
    return keys.get(name) ?? { kind: 'text', text: name, ...(isPath && ({ isPath } as const)) };
  });
}
