import { dict, list, madeLike, openList } from './containers.ts';
import { either } from './either.ts';
import { bitOf, kindsIn, LISTS } from './kinds-inside.ts';
import { partial } from './partial.ts';
import { besideChanged } from './shared-tensors.ts';
import {
  type DictValue,
  type EitherValue,
  type ListValue,
  type PartialValue,
  UNKNOWN,
  type Value,
} from './value.ts';

type Container = ListValue | DictValue | PartialValue | EitherValue;

/**
 * Gives a value with what has become of the lists, dicts, tensors and numbers in it; the containers that hold others then
 * are added to the changes.
 */
export function replacing(changes: Map<Value, Value>): (value: Value) => Value {
  const before = [...changes.keys()];
  const beside = besideChanged(before.filter((one) => one.kind === 'tensor'));
  const kinds = before.reduce((all, one) => all | bitOf(one), 0);
  const oldest = Math.min(...before.map((one) => (isContainer(one) ? (one.turn ?? 0) : 0)));
  const replaced = (value: Value): Value => {
    // What was there before all that has changed is none of it, and holds none.
    if (isContainer(value) && value.turn !== undefined && value.turn < oldest) return value;
    const holds = isContainer(value) && (kindsIn(value) & kinds) !== 0;
    // Most values are of no kind that has changed, and hold none.
    if (!holds && (bitOf(value) & kinds) === 0 && value.kind !== 'tensor') return value;
    const known = changes.get(value);
    if (known !== undefined) return known;
    if (value.kind === 'tensor') return beside(value);
    if (!holds) return value;
    const parts = partsOf(value);
    const now = parts.map(replaced);
    if (now.every((part, index) => part === parts[index])) return value;
    const after = withParts(value, now);
    changes.set(value, after);
    return after;
  };
  return replaced;
}

/** Notes a value and the lists and dicts in it, however deep. */
export function notePartsIn(value: Value, noted: WeakSet<Value>): void {
  const holds = isContainer(value) && (kindsIn(value) & LISTS) !== 0;
  if ((!holds && (bitOf(value) & LISTS) === 0) || noted.has(value)) return;
  noted.add(value);
  if (holds) for (const part of partsOf(value)) notePartsIn(part, noted);
}

/** Whether something is a list or a dict. */
export function isList(value: Value): boolean {
  return (bitOf(value) & LISTS) !== 0;
}

function isContainer(value: Value): value is Container {
  return (
    value.kind === 'list' || value.kind === 'dict' || value.kind === 'partial' || value.kind === 'either'
  );
}

function partsOf(value: Container): readonly Value[] {
  if (value.kind === 'list') return value.items;
  if (value.kind === 'dict') return [...value.entries.values()];
  return value.kind === 'partial' ? value.positional : value.options;
}

function withParts(value: Container, parts: readonly Value[]): Value {
  if (value.kind === 'list')
    return value.open ? openList(parts, value.front ?? 0, value.tuple) : list(parts, false, value.tuple);
  if (value.kind === 'partial') return partial(value.callee, { ...value, positional: parts });
  if (value.kind !== 'dict') return either(parts);
  const keys = [...value.entries.keys()];
  const entries = new Map(keys.map((key, index) => [key, parts[index] ?? UNKNOWN]));
  const made = dict(entries, value.open, value.keys);
  return madeLike(value, made);
}
