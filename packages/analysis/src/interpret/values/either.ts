import { pair, pickedBy, type Quantity } from '../../growth/quantity.ts';
import { noteDeciding } from '../../network/guard.ts';
import { asLoaded, dict, frontOf, generator, list, openList, withOthers } from './containers.ts';
import { kindsAmong, nextTurn } from './kinds-inside.ts';
import { counted, joinedTensor, type Meeting, WAYS } from './meeting.ts';
import { sameValue } from './same-value.ts';
import { ABSENT, type EitherValue, isAbsent, type ListValue, number, UNKNOWN, type Value } from './value.ts';

/** More alternatives than code has reasons for; beyond, nothing is known. */
const MAX_OPTIONS = 6;

/** The alternatives of a value: one, unless it depends on a condition. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'either' ? value.options : [value];
}

/** A value that is one of these: where ways meet, what a name may stand for after them; unknown for none, and for too many. */
export function either(values: readonly Value[], meeting: Meeting = WAYS): Value {
  const [only] = values;
  if (only !== undefined && values.every((value) => value === only)) return only;
  const options = values.some(({ kind }) => kind === 'either') ? values.flatMap(optionsOf) : values;
  if (meeting.of === 'parts' && !options.every(({ kind }) => kind === 'tensor'))
    return values.at(-1) ?? UNKNOWN;
  const tensors = options.filter((option) => option.kind === 'tensor');
  if (tensors.length === 0) return eitherOf(options, meeting);
  const tensor = joinedTensor(tensors, meeting);
  const others = options.filter(({ kind }) => kind !== 'tensor');
  return eitherOf(tensor === null ? others : [...others, tensor], meeting);
}

function eitherOf(values: readonly Value[], meeting: Meeting): Value {
  let options: Value[] = [];
  for (const value of values) {
    if (options.length > MAX_OPTIONS) options = withTuplesJoined(options);
    if (options.length > MAX_OPTIONS) return UNKNOWN;
    if (options.some((option) => sameValue(option, value))) continue;
    const at = options.findIndex((option) => areOneJoined(option, value));
    const before = options[at];
    if (before === undefined) options.push(value);
    else options[at] = joined(before, value, meeting);
  }
  if (options.length > MAX_OPTIONS) options = withTuplesJoined(options);
  const known = withoutKept(options);
  const [first = UNKNOWN, ...rest] = known;
  if (rest.length === 0) return first;
  if (options.length > MAX_OPTIONS) return UNKNOWN;
  if (known.every((option) => option.kind === 'number')) {
    return number(
      joinedNumber(
        known.map(({ quantity }) => quantity),
        meeting,
      ),
    );
  }
  const one = oneOf(known.map((option) => pickedValue(option, meeting)));
  return values.length === 2 ? decidedBy(meeting, one) : one;
}

/** Numbers as one, with what decides which of two it is, where that is known. */
function joinedNumber(quantities: readonly Quantity[], meeting: Meeting): Quantity {
  const joined = quantities
    .map((one) => pickedAt(one, meeting))
    .reduce((left, right) => pair('either', left, right));
  const guard = quantities.length === 2 && meeting.of === 'ways' ? meeting.guard : null;
  if (guard !== null) noteDeciding(joined, guard);
  return joined;
}

/** Kinds that code calls, as the layers of which a setting chooses one, or none: each place that calls them takes the same. */
const CALLED: ReadonlySet<Value['kind']> = new Set([
  'object',
  'layer',
  'function',
  'class',
  'reference',
  'partial',
  'none',
]);

/** One of two that may be called, with what decides which, where that is known. */
function decidedBy(meeting: Meeting, one: EitherValue): EitherValue {
  const isCalled =
    one.options.length === 2 && one.options.every((option) => CALLED.has(option.kind) || isAbsent(option));
  if (!isCalled || meeting.of !== 'ways' || meeting.guard === null) return one;
  const { of, guard, negated } = meeting;
  return { ...one, decided: { of, guard, ...(negated === true ? { negated } : {}) } };
}

function pickedValue(value: Value, meeting: Meeting): Value {
  return value.kind === 'number' ? number(pickedAt(value.quantity, meeting)) : value;
}

/** A number that an earlier run has kept, such as the step that it came to, is one that this code has made as well. */
function withoutKept(options: readonly Value[]): readonly Value[] {
  const hasNumber = options.some(({ kind }) => kind === 'number');
  return hasNumber
    ? options.filter((option) => option.kind !== 'unknown' || option.isKept !== true)
    : options;
}

/** A number where ways meet that a comparison of numbers chose between. */
function pickedAt(quantity: Quantity, meeting: Meeting): Quantity {
  return meeting.of === 'ways' && meeting.by !== undefined ? pickedBy(quantity, meeting.by) : quantity;
}

function areOneJoined(one: Value, other: Value): boolean {
  return mayHaveGrown(one, other) || differByOnePart(one, other) || hasSameKeys(one, other);
}

interface Join {
  readonly meeting: Meeting;
  readonly value: Value;
}

/** What two lists or two dicts were joined to where two ways met, so that all who hold the one object hold one again. */
const joins = new WeakMap<Value, WeakMap<Value, Join>>();

function joined(one: Value, other: Value, meeting: Meeting): Value {
  const known = joins.get(one) ?? new WeakMap<Value, Join>();
  joins.set(one, known);
  const before = known.get(other);
  if (before?.meeting === meeting) return before.value;
  const value =
    one.kind === 'list' && other.kind === 'list'
      ? joinedLists(one, other, meeting)
      : (mergedParts(one, other, (mine, theirs) => either([mine, theirs], meeting)) ?? UNKNOWN);
  known.set(other, { meeting, value });
  return value;
}

/** Two lists of as many items, or two dicts of the same keys, part by part; undefined for any others. */
export function mergedParts(
  one: Value,
  other: Value,
  merge: (mine: Value, theirs: Value) => Value,
): Value | undefined {
  if (one.kind === 'list' && other.kind === 'list') {
    if (one.items.length !== other.items.length || one.open !== other.open) return undefined;
    const items = one.items.map((item, index) => merged(item, other.items[index] ?? UNKNOWN, merge));
    return one.once && other.once ? generator(list(items, one.open)) : list(items, one.open);
  }
  if (one.kind !== 'dict' || other.kind !== 'dict' || !hasSameKeys(one, other)) return undefined;
  const entries = [...one.entries].map(
    ([key, mine]) => [key, merged(mine, other.entries.get(key) ?? UNKNOWN, merge)] as const,
  );
  const others = one.others && other.others && merged(one.others, other.others, merge);
  const made = withOthers(dict(new Map(entries), one.open), others);
  return one.isLoaded ? asLoaded(made) : made;
}

function merged(mine: Value, theirs: Value, merge: (mine: Value, theirs: Value) => Value): Value {
  return mine === theirs ? mine : merge(mine, theirs);
}

function hasSameKeys(one: Value, other: Value): boolean {
  if (one.kind !== 'dict' || other.kind !== 'dict' || one.open !== other.open) return false;
  if (one.isLoaded !== other.isLoaded) return false;
  return (
    one.entries.size === other.entries.size && [...one.entries.keys()].every((key) => other.entries.has(key))
  );
}

/** Whether one list may have grown into the other: where both have an item, one of the two may be the other. */
function mayHaveGrown(one: Value, other: Value): boolean {
  if (one.kind !== 'list' || other.kind !== 'list') return false;
  const both = Math.min(one.items.length, other.items.length);
  for (let at = 0; at < both; at++) {
    const [mine, theirs] = [one.items[at] ?? UNKNOWN, other.items[at] ?? UNKNOWN];
    if (!mayBe(mine, theirs) && !mayBe(theirs, mine)) return false;
  }
  return true;
}

/** Whether one list differs from another by a single part of a model: one list with either of the two says as much. */
function differByOnePart(one: Value, other: Value): boolean {
  if (one.kind !== 'list' || other.kind !== 'list' || one.items.length !== other.items.length) return false;
  if ([one, other].some(({ open, once, tuple }) => open || once || tuple)) return false;
  const differing = one.items.flatMap((mine, at) => {
    const theirs = other.items[at] ?? UNKNOWN;
    return mine === theirs || sameValue(mine, theirs) ? [] : [mine, theirs];
  });
  return differing.length === 2 && differing.flatMap(optionsOf).every(({ kind }) => MADE.has(kind));
}

/** Kinds of which each time that code makes one is another one. */
const MADE: ReadonlySet<Value['kind']> = new Set(['object', 'layer']);

function mayBe(one: Value, other: Value): boolean {
  if (one === other) return true;
  const known = optionsOf(other);
  return optionsOf(one).every((option) => known.some((theirs) => sameValue(option, theirs)));
}

/** Alternatives of which the tuples that begin alike are one, of which it is not known how it goes on. */
function withTuplesJoined(options: readonly Value[]): Value[] {
  const joined: Value[] = [];
  for (const option of options) {
    const at = joined.findIndex((other) => beginAlike(option, other));
    const before = joined[at];
    if (before?.kind === 'list' && option.kind === 'list') joined[at] = joinedTuples(before, option);
    else joined.push(option);
  }
  return joined;
}

function beginAlike(one: Value, other: Value): boolean {
  if (one.kind !== 'list' || other.kind !== 'list' || !one.tuple || !other.tuple) return false;
  return commonFront(one, other) > 0;
}

function commonFront(one: ListValue, other: ListValue): number {
  const most = Math.min(frontOf(one), frontOf(other));
  const differs = one.items
    .slice(0, most)
    .findIndex((item, at) => !sameValue(item, other.items[at] ?? UNKNOWN));
  return differs < 0 ? most : differs;
}

function joinedTuples(one: ListValue, other: ListValue): ListValue {
  const front = commonFront(one, other);
  const behind: Value[] = [];
  for (const item of [...one.items.slice(front), ...other.items.slice(front)].map(perhapsAbsent))
    if (!behind.some((known) => sameValue(known, item))) behind.push(item);
  return openList([...one.items.slice(0, front), ...behind], front, true);
}

/** A list that may have grown: what one has and the other has not is there perhaps. */
function joinedLists(one: ListValue, other: ListValue, meeting: Meeting): ListValue {
  const longer = one.items.length > other.items.length ? one : other;
  const items = longer.items.map((item, index) => {
    const [mine, theirs] = [one.items[index], other.items[index]];
    if (mine !== undefined && theirs !== undefined) return either([mine, theirs], meeting);
    const added = addedItem(item, longer.items[index - 1], meeting);
    return absentOn(mine === undefined ? 'first' : 'second', added, meeting);
  });
  if (one.once && other.once)
    return generator(list(items, one.items.length !== other.items.length || one.open));
  if (!one.open && !other.open && one.items.length === other.items.length) return list(items);
  const tuple = one.tuple && other.tuple;
  return openList(items, Math.min(frontOf(one), frontOf(other)), tuple);
}

/** An item that a list lacks on one of two ways. */
function absentOn(way: 'first' | 'second', item: Value, meeting: Meeting): Value {
  if (meeting.of !== 'ways' || !CALLED.has(item.kind)) return perhapsAbsent(item);
  return either(way === 'first' ? [ABSENT, item] : [item, ABSENT], meeting);
}

/** What a later round adds, where it is made of what stands before it. */
function addedItem(item: Value, before: Value | undefined, meeting: Meeting): Value {
  if (meeting.of !== 'rounds' || item.kind !== 'tensor' || before === undefined || item === before)
    return item;
  const isAnother = before.kind !== 'tensor' || before.tensor !== item.tensor;
  return isAnother ? { kind: 'tensor', tensor: counted(item.tensor, meeting.times) } : item;
}

/** One of these, however many there are: none of them is lost. */
export function anyOf(values: readonly Value[]): Value {
  const options = values.flatMap(optionsOf);
  return options.length > MAX_OPTIONS ? oneOf(options) : either(options);
}

function oneOf(options: readonly Value[]): EitherValue {
  return { kind: 'either', options, kinds: kindsAmong(options), turn: nextTurn() };
}

/** Lists with their items perhaps absent, so that what is shared stays shared and no list is gone through again. */
const withAbsences = new WeakMap<ListValue, ListValue>();

/** An item that a list may hold or not: what is done to it may be done to nothing. */
export function perhapsAbsent(value: Value): Value {
  if (value.kind === 'list') {
    const known = withAbsences.get(value);
    if (known !== undefined) return known;
    const absent = list(value.items.map(perhapsAbsent), value.open);
    withAbsences.set(value, absent).set(absent, absent);
    return absent;
  }
  return PLAIN.has(value.kind) || optionsOf(value).some(isAbsent) ? value : either([value, ABSENT]);
}

/** Kinds to which nothing can be done. */
const PLAIN: ReadonlySet<Value['kind']> = new Set(['text', 'number', 'opaque', 'truth', 'none']);

/** What is left of a value where code goes on that asks for an attribute, which None has not. */
export function withoutNone(value: Value): Value {
  if (value.kind !== 'either' || !value.options.some(({ kind }) => kind === 'none')) return value;
  return either(value.options.filter(({ kind }) => kind !== 'none'));
}

/** Applies `map` to every alternative. */
export function eachOption(value: Value, map: (option: Value) => Value): Value {
  return value.kind === 'either' ? either(value.options.map(map), value.decided) : map(value);
}
