import { isPartlyUnknown, literal, unary } from '../../growth/quantity.ts';
import { isOfFile } from '../../growth/symbol.ts';
import { combined } from '../../interpret/language/combined.ts';
import { itemOfInput, partsAmong } from '../../interpret/language/gone-through.ts';
import {
  enumerateOrdered,
  isOrdered,
  itemBetween,
  lengthOf,
  listFrom,
  orderedRange,
  orderedSlice,
  zipOrdered,
} from '../../interpret/language/ordered.ts';
import { bind, findMethod, foreignBases } from '../../interpret/machine/classes.ts';
import { argument, NO_ARGUMENTS } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { countIn, swallowedBy } from '../../interpret/machine/swallowed.ts';
import { layerOf } from '../../interpret/modules/modules.ts';
import { frontOf, list } from '../../interpret/values/containers.ts';
import { anyOf, either } from '../../interpret/values/either.ts';
import { isPart } from '../../interpret/values/likeness.ts';
import { exactInteger, isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { quantityOfCount } from '../../interpret/values/places.ts';
import {
  type ListValue,
  number,
  type ObjectValue,
  partOfUnknown,
  UNKNOWN,
  type UnknownValue,
  type Value,
} from '../../interpret/values/value.ts';
import { holdsBy } from '../../network/layer.ts';
import { partsInOrder, placesBeside, type RoundName } from './enumerated-parts.ts';

/** What counts, or goes through lists side by side or one after the other. */
export function sequenceCall(qualified: string, values: readonly Value[], site: CallSite): Value {
  const [first = UNKNOWN] = values;
  switch (qualified) {
    case 'builtins.len':
      return lengthIn(first, site);
    case 'builtins.range':
      return range(site.args.positional, site);
    case 'builtins.enumerate':
      return enumerated(fromOutside(first, site), argument(site.args, { name: 'start', index: 1 }), site);
    case 'builtins.zip':
      return zip(values, site);
    case 'itertools.pairwise':
      return pairwise(fromOutside(first, site), site);
    case 'itertools.repeat':
      return repeatedItem(first, site);
    default:
      return chain(values.map((value) => partsAmong(value, site.frame)));
  }
}

/** `repeat(value, times)`, as `[value] * times`; without an end it is not known. */
function repeatedItem(value: Value, { args, frame, span }: CallSite): Value {
  const times = argument(args, { name: 'times', index: 1 });
  return times === undefined ? UNKNOWN : combined('*', [list([value]), times], { frame, span });
}

/** What comes from outside and is gone through is a list. */
function fromOutside(value: Value, { frame }: CallSite): Value {
  return value.kind === 'opaque' ? listFrom(value, frame) : value;
}

function lengthIn(value: Value, site: CallSite): Value {
  const { frame } = site;
  if (value.kind === 'opaque') return lengthOf(value, frame);
  if (value.kind === 'unknown' && value.length !== undefined) return number(value.length);
  const counted = value.kind === 'unknown' ? countedData(value, frame) : null;
  if (counted !== null) return counted;
  if (isOrdered(value)) return number(quantityOfCount(value.order.length));
  if (value.kind === 'object') return lengthOfObject(value, site);
  if (value.kind !== 'list') return UNKNOWN;
  if (!value.open) return number(literal(value.items.length));
  return value.items.some(isPart)
    ? { kind: 'unknown', symbol: null, countsParts: value.items.length }
    : UNKNOWN;
}

/** What an object says how long it is; how much data there is where a set of data does not tell. */
function lengthOfObject(object: ObjectValue, { frame, span }: CallSite): Value {
  const { interpreter } = frame;
  const found = findMethod(interpreter, object.definition, '__len__');
  if (found === undefined) return UNKNOWN;
  const told = frame.call(bind(found, object), NO_ARGUMENTS, span);
  if (isNumeric(told) && !isPartlyUnknown(quantityOf(told))) return told;
  const isData = foreignBases(interpreter, object.definition).some((base) => DATA_SETS.has(base));
  return isData && told.kind === 'unknown' ? number(countIn(told)) : told;
}

const DATA_SETS: ReadonlySet<string> = new Set(
  ['Dataset', 'IterableDataset'].flatMap((name) => [
    `torch.utils.data.${name}`,
    `torch.utils.data.dataset.${name}`,
  ]),
);

/** What a file holds under a name, or a loop goes through, and no number went into comes from data: how much of it there is is a number of its own. */
function countedData(value: UnknownValue, frame: Frame): Value | null {
  const { symbol } = value;
  if (symbol === null || !(isOfFile(symbol) || value.isItem === true)) return null;
  // Its own fields are nothing new to it: `tokenizer.pad_token = tokenizer.eos_token`.
  if (swallowedBy(value, frame.interpreter).some(({ owner }) => owner !== symbol)) return null;
  return lengthOf({ kind: 'opaque', symbol, fallback: null }, frame);
}

function pairwise(value: Value, site: CallSite): Value {
  if (isOrdered(value)) return zip([value, orderedSlice(value, [1, null]) ?? UNKNOWN], site);
  if (value.kind !== 'list' || value.open) return UNKNOWN;
  return zip([value, list(value.items.slice(1))], site);
}

/** Of each place of a call, what names its rounds. */
function symbolAt({ frame, span }: CallSite): RoundName {
  return (name: string) => {
    const symbol = frame.interpreter.symbols.of(null, name, span.start);
    frame.interpreter.guards.vary(symbol);
    return symbol;
  };
}

const MAX_RANGE = 64;

function range(bounds: readonly Value[], site: CallSite): Value {
  const exact = bounds.map(exactInteger);
  const [first, second, step = 1] = exact;
  if (first === undefined || exact.includes(undefined)) return openRange(bounds, site);
  const [start, end] = second === undefined ? [0, first] : [first, second];
  const length = Math.ceil((end - start) / step);
  if (!(length <= MAX_RANGE)) return UNKNOWN;
  return list(
    Array.from({ length: Math.max(0, length) }, (_, index) => number(literal(start + index * step))),
  );
}

/** `range(n)` and `range(start, n)` for a number that comes from outside. */
function openRange(bounds: readonly Value[], site: CallSite): Value {
  const [first = UNKNOWN, second] = bounds;
  const [start, stop] = second === undefined ? [0, first] : [exactInteger(first), second];
  if (bounds.length > 2 || start === undefined) return UNKNOWN;
  if (isNumeric(stop)) return orderedRange(start, quantityOf(stop), symbolAt(site));
  return stop.kind === 'unknown' && stop.countsParts !== undefined
    ? rangeOverParts(start, stop.countsParts, site)
    : UNKNOWN;
}

/** As many rounds as a container has layers, where no number says that: as many are told apart as stand for its layers. */
function rangeOverParts(start: number, told: number, site: CallSite): Value {
  const symbol = symbolAt(site);
  const range = orderedRange(start, { op: 'symbol', symbol: symbol('rounds'), value: null }, symbol);
  return told < range.items.length ? list(range.items.slice(0, -1), true) : range;
}

function zip(given: readonly Value[], site: CallSite): Value {
  const ordered = zipOrdered(given.map((one) => fromOutside(one, site)));
  return ordered ?? zipCounted(given, site);
}

function zipCounted(lists: readonly Value[], site: CallSite): Value {
  const items = lists.map((one) => (one.kind === 'list' && !one.open ? one.items : undefined));
  if (items.length === 0) return UNKNOWN;
  if (items.includes(undefined)) return zipOpen(lists, site);
  const length = Math.min(...items.map((one) => one?.length ?? 0));
  return list(Array.from({ length }, (_, index) => list(items.map((one) => one?.[index] ?? UNKNOWN))));
}

/** A place in a list of which the length is not known: it has nothing to do with the width. */
const SOME_PLACE: Value = number(unary('steady', literal(1)));

/** Items with their places; those behind the front of an open list are not known, as after sorting. */
function enumerated(value: Value, start: Value | undefined, site: CallSite): Value {
  if (value.kind !== 'list') return list([list([SOME_PLACE, partOfUnknown(value)])], true);
  const { items, open } = value;
  const first = start === undefined ? 0 : exactInteger(start);
  if (isOrdered(value) && first !== undefined) return enumerateOrdered(value, first, symbolAt(site));
  const container = layerOf(site.args.positional[0] ?? UNKNOWN, site.frame);
  const own = container !== undefined && holdsBy(container) === 'places' ? container : undefined;
  const symbolOf = symbolAt(site);
  const parts = own && first !== undefined && partsInOrder(own, { start: first, symbolOf }, site.frame);
  if (parts) return parts;
  const isKnown = (index: number) => first !== undefined && index < frontOf(value);
  const somePlace = own && first === 0 ? placesBeside(own, symbolOf) : () => SOME_PLACE;
  return list(
    items.map((item, index) =>
      list([isKnown(index) ? number(literal((first ?? 0) + index)) : somePlace(item, index), item]),
    ),
    open,
  );
}

/** A tuple of any item of each list. Of parameters or modules each has one: what is done to any of them is done to all. */
function zipOpen(lists: readonly Value[], site: CallSite): Value {
  const parts = lists.filter((one): one is ListValue => one.kind === 'list' && one.items.some(isPart));
  const rounds = roundsOf(parts);
  const any = lists.map((one) => anyIn(one, site));
  if (rounds === undefined) return list([list(any)], true);
  const beside = (round: number) =>
    lists.map((one, at) =>
      isOneOf(parts, one) ? (one.items[round] ?? one.items[0] ?? UNKNOWN) : (any[at] ?? UNKNOWN),
    );
  return list(
    Array.from({ length: rounds }, (_, round) => list(beside(round))),
    true,
  );
}

/** How many tuples show each item beside one that it meets; undefined where it is not known which one that is. */
function roundsOf(parts: readonly ListValue[]): number | undefined {
  const [only] = parts;
  if (only === undefined || parts.length === 1) return only?.items.length;
  // One item of an open list stands for all of them; several are rounds of a loop, one after the other.
  const rounds = new Set(
    parts.flatMap(({ items, open }) => (open && items.length === 1 ? [] : [items.length])),
  );
  const [count = 1, ...more] = rounds;
  return more.length === 0 ? count : undefined;
}

function isOneOf(parts: readonly ListValue[], one: Value): one is ListValue {
  return parts.some((part) => part === one);
}

function anyIn(one: Value, site: CallSite): Value {
  if (one.kind === 'opaque') return itemBetween(listFrom(one, site.frame));
  if (one.kind === 'either') return anyOf(namedOnce(one.options).map((option) => anyIn(option, site)));
  if (isOrdered(one)) return anyOf(one.items);
  if (one.kind === 'list') return anyOf([...one.items, UNKNOWN]);
  return itemOfInput(one) ?? partOfUnknown(one);
}

/** Of a setting that is a list, or one item for every place, as `cast_tuple(heads, n)` has it: the setting, which says both. */
function namedOnce(options: readonly Value[]): readonly Value[] {
  const settings = options.flatMap((one) => (one.kind === 'opaque' ? [one.symbol] : []));
  const isSetting = (one: Value) => one.kind === 'opaque' && settings.includes(one.symbol);
  return options.filter(
    (one) => one.kind !== 'list' || one.items.length === 0 || !one.items.every(isSetting),
  );
}

function chain(lists: readonly Value[]): Value {
  return list(
    lists.flatMap((one) => (one.kind === 'list' ? one.items : [either([one])])),
    lists.some((one) => one.kind !== 'list' || one.open),
  );
}
