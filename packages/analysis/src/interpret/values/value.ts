import type { Quantity } from '../../growth/quantity.ts';
import { pair, pickedBy, sameQuantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Layer, ParameterValue } from '../../network/layer.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import type { ClassStatement, FunctionStatement, LambdaExpression } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import { joinedTensor, type Meeting, WAYS } from './meeting.ts';
import type { Count } from './places.ts';
import type { TensorValue } from './tensor-value.ts';

/** What an expression of the code stands for, as far as is known. */
export type Value =
  | { readonly kind: 'number'; readonly quantity: Quantity }
  | OpaqueValue
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'none' }
  | ListValue
  | DictValue
  | { readonly kind: 'reference'; readonly qualified: string }
  | FunctionValue
  | { readonly kind: 'class'; readonly definition: ClassStatement }
  | PartialValue
  | ObjectValue
  | { readonly kind: 'layer'; readonly layer: Layer }
  | ParameterValue
  | { readonly kind: 'parent'; readonly receiver: ObjectValue; readonly of: ClassStatement }
  | TensorValue
  /** An optimizer. Its parameter groups are in the heap. */
  | { readonly kind: 'optimizer'; readonly build: OptimizerBuild }
  | ShapeValue
  | { readonly kind: 'either'; readonly options: readonly Value[] }
  | UnknownValue;

/** A tensor's shape of which not all lengths are known: before those that are, others may stand, which are the data's. */
export interface ShapeValue {
  readonly kind: 'shape';
  readonly dims: readonly Quantity[];
  /** The tensor whose whole shape it is; null for a part of one. */
  readonly of: Tensor | null;
}

/** Something from outside: a number, an object or a function, whichever it is used as. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  readonly symbol: WidthSymbol;
  /** The default of a parameter, or what the only caller passes. */
  readonly fallback: Value | null;
  /** Whether it is a setting that is None unless it is given, and is taken not to be. */
  readonly isAbsent?: true;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** Whether there may be more items like these, or fewer. */
  readonly open: boolean;
  /** Whether it is a tuple: `t += …` makes another one and leaves it as it is. */
  readonly tuple?: true;
  /** Of an open list: what is known of the order of its items. */
  readonly order?: Order;
}

/** The item at one place stands for any number of items; those before and behind it are where they are. */
export interface Order {
  readonly at: number;
  readonly length: Count;
  /** Whether it counts rounds, of which it may be that all are alike. */
  readonly isRange?: true;
}

export interface DictValue {
  readonly kind: 'dict';
  /** By their keys as `keyOf` has them. */
  readonly entries: ReadonlyMap<string, Value>;
  /** The keys that are no texts, such as modules. */
  readonly keys: ReadonlyMap<string, Value>;
  /** Whether there may be more entries. */
  readonly open: boolean;
  /** Whether all but those that are listed come from outside, as those of a file that is loaded do. */
  readonly isLoaded?: true;
  /** The code that makes it, also where entries are added later. */
  readonly span?: Span;
  /** Of what a call has collected: what all else may be that it was given. */
  readonly rest?: Value;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionStatement | LambdaExpression;
  /** What `self` is bound to. */
  readonly receiver: Value | null;
  /** The class the method was found in, where `super()` starts. */
  readonly owner: ClassStatement | null;
  readonly closure: Closure;
  /** The defaults of its parameters that are no literals, as they were where a function made it; left out where there are none. */
  readonly defaults?: ReadonlyMap<string, Value>;
  /** Whether it is the function itself, without what its decorators make of it. */
  readonly isBare?: true;
}

/** `functools.partial(callee, …)`: something to call, some of whose arguments are there already. */
export interface PartialValue {
  readonly kind: 'partial';
  readonly callee: Value;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Whether `*args` or `**kwargs` may have added more. */
  readonly open: boolean;
}

/** What a function knows of the names around it. */
export interface Closure {
  readonly locals: ReadonlyMap<string, Value>;
  readonly capture: Capture;
}

/** The names of one run of a function, of a comprehension or of the file. */
export interface Names {
  /** What was written to them, on whichever way, in order. */
  readonly writes: (readonly [name: string, value: Value])[];
  /** The names around them. */
  readonly outer: Capture;
}

/** The names that a function sees from where it is made, innermost first, each with how often they had been written to. */
export type Capture = readonly { readonly names: Names; readonly from: number }[];

/** That of a function which sees the names of the file alone. */
export const NO_CLOSURE: Closure = { locals: new Map(), capture: [] };

/** An instance of a class of the file. Its attributes are in the heap. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly id: number;
  readonly definition: ClassStatement;
  /** The call that constructed it; null for one of code that nothing calls. */
  readonly span: Span | null;
  /** The name by which a wrapper, such as DataParallel, holds the instance. */
  readonly wrapper?: string;
}

/** Nothing is known; where it has a name, its attributes are opaque. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly symbol: WidthSymbol | null;
  /** The names of numbers that went into it; left out where none did. */
  readonly from?: ReadonlySet<WidthSymbol>;
  /** The numbers whose comparison it is. */
  readonly by?: Quantity;
  /** How many items it gives, where that is known though they are not. */
  readonly length?: Quantity;
  /** Whether it is of an earlier run, which has kept it in a file. */
  readonly isKept?: true;
  /** Whether it is nothing, in the place of an item that a list may not have. */
  readonly isAbsent?: true;
  /** Whether setting one of its attributes leaves all others, as of what a parser of the command line gives. */
  readonly isNamespace?: true;
  /** Whose attributes it has, as the dict of an object does. */
  readonly attributesOf?: ObjectValue;
}

/** What an earlier run has kept in a file. */
export const KEPT: Value = { kind: 'unknown', symbol: null, isKept: true };

export const UNKNOWN: Value = { kind: 'unknown', symbol: null };
/** What stands for an item where a list or dict does not have it: nobody calls it, and it is no part of a model. */
export const ABSENT: Value = { kind: 'unknown', symbol: null, isAbsent: true };
/** A part of something unknown: the numbers that went into the whole may have gone into it. */
export function partOfUnknown(whole: Value): Value {
  return whole.kind === 'unknown' && whole.from !== undefined && whole.from.size > 0
    ? { kind: 'unknown', symbol: null, from: whole.from }
    : UNKNOWN;
}

export const NONE: Value = { kind: 'none' };

/** More alternatives than code has reasons for; beyond, nothing is known. */
const MAX_OPTIONS = 6;

/** More items than a model that is read has parts; of a longer list only these are known. */
const MAX_ITEMS = 4096;

/**
 * More values in one another than a model has parts. Parts are shared: `x = [x, x]` a few dozen times over is a small
 * graph and an endless tree, and trees are what is walked.
 */
const MAX_SIZE = 20_000;

const sizes = new WeakMap<Value, number>();

/** How many values there are in a value, with itself, as a tree. */
export function sizeOf(value: Value): number {
  switch (value.kind) {
    case 'list':
    case 'dict':
    case 'partial':
      return sizes.get(value) ?? 1;
    case 'either':
      return value.options.reduce((sum, option) => sum + sizeOf(option), 1);
    case 'opaque':
      return value.fallback === null ? 1 : 1 + sizeOf(value.fallback);
    default:
      return 1;
  }
}

/** How many units of work it takes to find what two values have in common, beyond those that any two take. */
export function comparison(one: Value, other: Value): number {
  return sizeOf(one) + sizeOf(other) - 2;
}

/** Any number of things of which nothing is known. */
const ANY_ITEMS: ListValue = { kind: 'list', items: [UNKNOWN], open: true };
const ANY_ENTRIES: DictValue = { kind: 'dict', entries: new Map(), keys: new Map(), open: true };

/** Those of a dict whose keys are texts. */
const NO_KEYS: ReadonlyMap<string, Value> = new Map();

export function list(items: readonly Value[], open = false, tuple?: true): ListValue {
  if (items.length > MAX_ITEMS) return list(items.slice(0, MAX_ITEMS), true, tuple);
  const size = items.reduce((sum, item) => sum + sizeOf(item), 1);
  if (size > MAX_SIZE) return { ...ANY_ITEMS };
  const made: ListValue = { kind: 'list', items, open, ...(tuple && { tuple }) };
  sizes.set(made, size);
  return made;
}

/** A list that may be longer than what is known of it, but in this order. */
export function orderedList(
  items: readonly Value[],
  order: Order,
  tuple?: true,
): ListValue & { readonly order: Order } {
  const made = { ...list(items, true, tuple), order };
  sizes.set(
    made,
    items.reduce((sum, item) => sum + sizeOf(item), 1),
  );
  return made;
}

export function dict(
  entries: ReadonlyMap<string, Value>,
  open = false,
  keys: ReadonlyMap<string, Value> = NO_KEYS,
): DictValue {
  let size = 1;
  for (const value of entries.values()) size += sizeOf(value);
  if (size > MAX_SIZE) return { ...ANY_ENTRIES };
  const made: DictValue = { kind: 'dict', entries, keys, open };
  sizes.set(made, size);
  return made;
}

/** The same dict, whose entries come from outside but for those that are listed. */
export function asLoaded(made: DictValue): DictValue {
  const loaded: DictValue = { ...made, isLoaded: true };
  sizes.set(loaded, sizeOf(made));
  return loaded;
}

/** More arguments, in one another too, than a call is given; a call of something with more is not followed. */
const MAX_GIVEN = 256;

/** The same dict, as made by some code. */
export function madeAt(span: Span | undefined, made: DictValue): DictValue {
  if (span === undefined) return made;
  const placed: DictValue = { ...made, span };
  sizes.set(placed, sizeOf(made));
  return placed;
}

/** The same dict, loaded and made where another one is. */
export function madeLike({ span, isLoaded, rest }: DictValue, made: DictValue): DictValue {
  return madeAt(span, withRest(isLoaded ? asLoaded(made) : made, rest));
}

/** The same dict, whose other entries are this, or made of it. */
export function withRest(made: DictValue, rest: Value | undefined): DictValue {
  if (rest === undefined) return made;
  const resting: DictValue = { ...made, rest };
  sizes.set(resting, sizeOf(made));
  return resting;
}

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
  const made: PartialValue = { kind: 'partial', callee, ...given };
  sizes.set(made, size);
  return made;
}

/** Longer texts name nothing. */
const MAX_TEXT = 10_000;

export function text(characters: string): Value {
  return characters.length > MAX_TEXT ? UNKNOWN : { kind: 'text', text: characters };
}

export function number(quantity: Quantity): Value {
  return { kind: 'number', quantity };
}

/** The alternatives of a value: one, unless it depends on a condition. */
export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'either' ? value.options : [value];
}

/** A value that is one of these. */
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
  const options: Value[] = [];
  for (const value of values) {
    if (options.length > MAX_OPTIONS) return UNKNOWN;
    if (options.some((option) => sameValue(option, value))) continue;
    const at = options.findIndex((option) => mayHaveGrown(option, value) || hasSameKeys(option, value));
    const before = options[at];
    if (before === undefined) options.push(value);
    else options[at] = joined(before, value, meeting);
  }
  const known = withoutKept(options);
  const [first = UNKNOWN, ...rest] = known;
  if (rest.length === 0) return first;
  if (options.length > MAX_OPTIONS) return UNKNOWN;
  if (known.every((option) => option.kind === 'number')) {
    return number(
      known
        .map((option) => pickedAt(option.quantity, meeting))
        .reduce((left, right) => pair('either', left, right)),
    );
  }
  return { kind: 'either', options: known.map((option) => pickedValue(option, meeting)) };
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
    return list(
      one.items.map((item, index) => merged(item, other.items[index] ?? UNKNOWN, merge)),
      one.open,
    );
  }
  if (one.kind !== 'dict' || other.kind !== 'dict' || !hasSameKeys(one, other)) return undefined;
  const entries = [...one.entries].map(
    ([key, mine]) => [key, merged(mine, other.entries.get(key) ?? UNKNOWN, merge)] as const,
  );
  const made = dict(new Map(entries), one.open);
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
  return one.items.slice(0, both).every((item, index) => {
    const theirs = other.items[index] ?? UNKNOWN;
    return mayBe(item, theirs) || mayBe(theirs, item);
  });
}

function mayBe(one: Value, other: Value): boolean {
  const known = optionsOf(other);
  return optionsOf(one).every((option) => known.some((theirs) => sameValue(option, theirs)));
}

/** A list that may have grown: what one has and the other has not is there perhaps. */
function joinedLists(one: ListValue, other: ListValue, meeting: Meeting): ListValue {
  const [shorter, longer] = one.items.length > other.items.length ? [other, one] : [one, other];
  const items = longer.items.map((item, index) => {
    const theirs = shorter.items[index];
    return theirs === undefined ? perhapsAbsent(item) : either([theirs, item], meeting);
  });
  return list(items, one.open || other.open || one.items.length !== other.items.length);
}

/** One of these, however many there are: none of them is lost. */
export function anyOf(values: readonly Value[]): Value {
  const options = values.flatMap(optionsOf);
  return options.length > MAX_OPTIONS ? { kind: 'either', options } : either(options);
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
  return PLAIN.has(value.kind) ? value : either([value, ABSENT]);
}

/** Kinds to which nothing can be done. */
const PLAIN: ReadonlySet<Value['kind']> = new Set(['text', 'number', 'opaque', 'truth', 'none']);

/** Whether a value stands for an item that is not there. */
export function isAbsent(value: Value): boolean {
  return value.kind === 'unknown' && value.isAbsent === true;
}

/** What is left of a value where code goes on that asks for an attribute, which None has not. */
export function withoutNone(value: Value): Value {
  if (value.kind !== 'either' || !value.options.some(({ kind }) => kind === 'none')) return value;
  return either(value.options.filter(({ kind }) => kind !== 'none'));
}

/** Applies `map` to every alternative. */
export function eachOption(value: Value, map: (option: Value) => Value): Value {
  return value.kind === 'either' ? either(value.options.map(map)) : map(value);
}

export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'number':
      return sameQuantity(left.quantity, (right as typeof left).quantity);
    case 'opaque':
      return left.symbol === (right as typeof left).symbol;
    case 'unknown':
      return sameUnknown(left, right as typeof left);
    case 'text':
      return left.text === (right as typeof left).text;
    case 'truth':
      return left.value === (right as typeof left).value;
    case 'none':
      return true;
    case 'reference':
      return left.qualified === (right as typeof left).qualified;
    case 'object':
      return left.id === (right as typeof left).id;
    case 'layer':
      return left.layer === (right as typeof left).layer;
    case 'tensor':
      return left.tensor === (right as typeof left).tensor;
    case 'optimizer':
      return left.build === (right as typeof left).build;
    case 'parameter':
      return sameParameter(left, right as typeof left);
    case 'list':
      return sameItems(left, right as typeof left);
    case 'partial':
      return samePartial(left, right as typeof left);
    case 'class':
      return left.definition === (right as typeof left).definition;
    case 'function':
      return sameFunction(left, right as typeof left);
    default:
      return false;
  }
}

function sameFunction(left: FunctionValue, right: FunctionValue): boolean {
  if (left.definition !== right.definition || left.defaults?.size !== right.defaults?.size) return false;
  return [...(left.defaults ?? [])].every(([name, value]) =>
    sameValue(value, right.defaults?.get(name) ?? UNKNOWN),
  );
}

function sameUnknown(left: UnknownValue, right: UnknownValue): boolean {
  return (
    left.symbol === right.symbol &&
    left.length === right.length &&
    left.isNamespace === right.isNamespace &&
    left.isAbsent === right.isAbsent
  );
}

function sameParameter(left: ParameterValue, right: ParameterValue): boolean {
  return left.layer === right.layer && left.which === right.which && left.part === right.part;
}

function samePartial(left: PartialValue, right: PartialValue): boolean {
  return (
    left.open === right.open &&
    left.named.size === right.named.size &&
    sameValue(left.callee, right.callee) &&
    sameItems(list(left.positional), list(right.positional)) &&
    [...left.named].every(([name, value]) => sameValue(value, right.named.get(name) ?? UNKNOWN))
  );
}

function sameItems(left: ListValue, right: ListValue): boolean {
  return (
    left.open === right.open &&
    left.items.length === right.items.length &&
    left.items.every((item, index) => sameValue(item, right.items[index] ?? UNKNOWN))
  );
}
