import type { Quantity } from '../../growth/quantity.ts';
import { itemName } from '../../growth/symbol.ts';
import type { Layer } from '../../network/layer.ts';
import { askedEntry } from '../machine/asked-entries.ts';
import { bind, findMethod } from '../machine/classes.ts';
import { entryAt, keyOf, withEntry } from '../machine/collections.ts';
import { composedEntry } from '../machine/composed-entries.ts';
import { replace } from '../machine/frames.ts';
import { NO_ARGUMENTS, positional } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { fieldOf, fieldOfUnknown } from '../machine/names.ts';
import { itemAtPlace } from '../modules/item-places.ts';
import { itemsIn, iterated, layerOf } from '../modules/modules.ts';
import { dict, frontOf, list } from '../values/containers.ts';
import { anyOf, either, perhapsAbsent } from '../values/either.ts';
import { isWithin } from '../values/likeness.ts';
import { lookedUp, withPresets } from '../values/looked-up.ts';
import { exactInteger, quantityOf } from '../values/numbers.ts';
import { isLastPlace, leastPlaceOf, placesOf } from '../values/places.ts';
import {
  type DictValue,
  KEPT,
  type ListValue,
  NONE,
  type ObjectValue,
  type OpaqueValue,
  partOfUnknown,
  text,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { chosenOptimizer } from './chosen-optimizers.ts';
import { isFront, joinedText, slicedList, slicedOpen } from './list-slices.ts';
import { countedItem, isOrdered, listFrom, orderedItem } from './ordered.ts';

/** `container[start:stop:step]`: exactly those where the code says which. */
export function sliceOf(container: Value, bounds: readonly (Value | null)[], frame: Frame): Value {
  const described = container.kind === 'object' ? sliceOfObject(container, bounds, frame) : undefined;
  if (described !== undefined) return described;
  const whole = container.kind === 'parameter' ? container : iterated(container, frame);
  const exact = bounds.map((bound) => (bound === null || bound.kind === 'none' ? null : exactInteger(bound)));
  if (whole.kind === 'list' && isFront(whole, exact)) return whole;
  const from = container.kind === 'opaque' ? listFrom(container, frame) : whole;
  const part = slicedOpen(from, exact) ?? slicedList(whole, exact);
  if (container.kind === 'text') return part?.kind === 'list' ? joinedText(part, container) : UNKNOWN;
  return part ?? itemOf(container, null, frame);
}

/** `container[index]`; the index of a slice is null. */
export function itemOf(container: Value, index: Value | null, frame: Frame): Value {
  if (container.kind === 'tensor') return container;
  if (container.kind === 'parameter') return { ...container, part: true };
  if (index === null) return slice(container, frame);
  // What a table from outside has for each part of a model is made for it, and may go by its sizes.
  if (mayBeFromOutside(container) && index.kind === 'text' && index.isPath === true) return UNKNOWN;
  switch (container.kind) {
    case 'list':
      return listItem(container, index);
    case 'dict':
      return madeEntry(container, index, frame) ?? entryOf(container, index, frame);
    case 'layer':
      return containedItem(container.layer, index, frame);
    case 'object':
      return itemOfObject(container, index, frame);
    case 'opaque':
      return itemOfOpaque(container, index, frame);
    case 'reference':
      return itemOfReference(container, index, frame);
    case 'unknown':
      if (container.isKept === true) return KEPT;
      if (container.attributesOf !== undefined && index.kind === 'text')
        return ofAttributes(container.attributesOf, index.text, frame) ?? UNKNOWN;
      // Settings that are loaded are asked by keys, others by attributes.
      return index.kind === 'text' ? fieldOfUnknown(container, index.text, frame) : partOfUnknown(container);
    default:
      return UNKNOWN;
  }
}

/** Whether nothing of a value is made by code that is read. */
function mayBeFromOutside({ kind }: Value): boolean {
  return kind === 'opaque' || kind === 'unknown';
}

function itemOfOpaque(container: OpaqueValue, index: Value, frame: Frame): Value {
  const { symbol } = container;
  if (index.kind === 'text')
    return stagesIn(container, index.text, frame) ?? fieldOf(symbol, index.text, frame);
  const at = exactInteger(index);
  if (at !== undefined && placesOf(quantityOf(index)) === null)
    return fieldOf(symbol, itemName(symbol, at), frame);
  const whole = listFrom(container, frame);
  return orderedItem(whole, index) ?? countedItem(whole, index) ?? UNKNOWN;
}

/** `vars(object)[name]`: what code has given the object itself, or what a library keeps there. */
function ofAttributes(object: ObjectValue, name: string, frame: Frame): Value | undefined {
  const own = frame.heap.attributes(object.id).get(name);
  if (own !== undefined) return own.perhaps === true ? UNKNOWN : own.value;
  return frame.interpreter.libraries.attribute(object, name, frame);
}

/** `wandb.config['lr']` is `wandb.config.lr`. */
function itemOfReference(container: Value, index: Value, frame: Frame): Value {
  if (index.kind !== 'text') return UNKNOWN;
  return frame.interpreter.libraries.attribute(container, index.text, frame) ?? UNKNOWN;
}

function listItem(container: ListValue, index: Value): Value {
  if (isOrdered(container)) {
    const found = orderedItem(container, index);
    if (found !== undefined) return found;
  }
  const at = exactInteger(index);
  const { items, open } = container;
  const front = frontOf(container);
  const isThere = !open || (at !== undefined && at >= 0 && at < front);
  const item = at === undefined || !isThere ? undefined : items.at(at);
  if (item !== undefined) return item;
  const behind = open && at !== undefined && at >= front ? items.slice(front) : [];
  return lookedUp(either(behind.length > 0 ? behind : items), index);
}

/** What is left of a value where code goes on that asks for an entry, which a dict without the key has not. */
export function withKey(container: Value, key: Value | null, { attempt }: Frame): Value {
  if (container.kind !== 'either' || key === null || keyOf(key) === undefined || attempt !== null)
    return container;
  const left = container.options.filter((one) => one.kind !== 'dict' || mayHave(one, key));
  return left.length === 0 ? container : either(left);
}

function mayHave(container: DictValue, key: Value): boolean {
  const { factory, open } = container;
  return open || factory !== undefined || entryAt(withPresets(container), key) !== undefined;
}

/** An entry of a dict; any of them where the key is not known. */
function entryOf(container: DictValue, key: Value, frame: Frame): Value {
  const { entries, open, others } = withPresets(container);
  const asked = key.kind === 'text' ? askedEntry(container, key.text, frame) : undefined;
  const chosen = chosenBy(key, container, frame) ?? chosenOptimizer(container, key, frame);
  if (chosen !== undefined) return chosen;
  const named = composedEntry(container, key);
  if (named !== undefined) return named;
  const entry =
    keyOf(key) === undefined
      ? anyOf([...entries.values(), ...(open || entries.size === 0 ? [others ?? UNKNOWN] : [])])
      : (entryAt(container, key) ?? asked ?? UNKNOWN);
  return lookedUp(entry, key);
}

/** The entry that `defaultdict(list)` makes where it is asked for one that it does not have; undefined where it has it. */
function madeEntry(container: DictValue, key: Value, frame: Frame): Value | undefined {
  const { factory, open, span } = container;
  const isThere = keyOf(key) !== undefined && (open || entryAt(container, key) !== undefined);
  if (factory === undefined || factory.kind === 'none' || span === undefined || isThere) return undefined;
  const empty = factory.kind === 'reference' ? emptyOf(factory.qualified) : undefined;
  const value = keyOf(key) === undefined ? UNKNOWN : (empty ?? frame.call(factory, NO_ARGUMENTS, span));
  replace(container, withEntry(container, key, value), frame);
  return value;
}

function emptyOf(qualified: string): Value | undefined {
  if (qualified === 'builtins.dict') return dict(new Map());
  return qualified === 'builtins.list' || qualified === 'builtins.set' ? list([]) : undefined;
}

/** The entry of a setting that has a default, or that the code gives a value: the model is taken to be made with that. */
function chosenBy(key: Value, container: DictValue, frame: Frame): Value | undefined {
  const spelled = key.kind === 'unknown' ? key.spelled : undefined;
  const setting = spelled?.setting ?? key;
  if (setting.kind !== 'opaque' || setting.fallback === null) return undefined;
  const name = spelled === undefined ? setting.fallback : text(spelled.text);
  const entry = entryAt(withPresets(container), name);
  if (entry !== undefined) frame.interpreter.settled.set(setting.symbol, setting.fallback);
  return entry;
}

/**
 * An entry of a setting that has several lists, as a network of stages is given: how many there are and what goes with
 * what is what the code gives them. Of one list alone its items are sizes by their names.
 */
function stagesIn({ symbol, fallback }: OpaqueValue, name: string, frame: Frame): Value | undefined {
  const entry = fallback?.kind === 'dict' ? fallback.entries.get(name) : undefined;
  if (fallback?.kind !== 'dict' || entry === undefined) return undefined;
  const lists = [...fallback.entries.values()].filter(({ kind }) => kind === 'list');
  if (lists.length < 2) return undefined;
  frame.interpreter.settled.set(frame.interpreter.symbols.of(symbol, name), entry);
  return entry;
}

/** What a class of the project gives under an index, or a container of layers that it is one of. */
function itemOfObject(object: ObjectValue, index: Value, frame: Frame): Value {
  const own = findMethod(frame.interpreter, object.definition, '__getitem__');
  if (own === undefined) return containedItem(layerOf(object, frame), index, frame);
  return frame.call(bind(own, object), positional(index), own.method.span);
}

/** An item of a container of layers; any of them where the index is not known. */
function containedItem(container: Layer | undefined, index: Value, frame: Frame): Value {
  if (container === undefined) return UNKNOWN;
  const items = itemsIn(container, frame);
  const beside = itemAtPlace(quantityOf(index), container);
  if (beside !== undefined && items.some(([, { value }]) => value === beside)) return beside;
  const at = exactInteger(index);
  const place = at !== undefined && at < 0 ? items.length + at : at;
  const key = index.kind === 'text' ? index.text : String(place);
  const found = items.find(([name]) => name === key)?.[1].value;
  if (found !== undefined) return found;
  const values = itemsAt(quantityOf(index), items, frame).map(([, { value }]) => value);
  // Items of several kinds have sizes of their own: where nothing says which is meant, none of them are those of what it meets.
  const isAny = placesOf(quantityOf(index)) === null && !areOneKind(items, frame);
  return either(isAny ? [...values, UNKNOWN] : values);
}

function areOneKind([first, ...others]: Items, frame: Frame): boolean {
  return first === undefined || others.every((one) => areAlike(one, first, frame));
}

type Items = ReturnType<typeof itemsIn>;

/**
 * The items that a round of a loop may mean by its index: of a round behind the first none that surely stands before it. Of
 * those that are made alike the last round means the last one, those between none of the ends.
 */
function itemsAt(index: Quantity, items: Items, frame: Frame): Items {
  const least = leastPlaceOf(index);
  const isThere = ([name, { perhaps }]: Items[number], at: number) => name === String(at) && perhaps !== true;
  const behind = items.slice(0, least).every(isThere) ? items.slice(least) : items;
  const [first, ...others] = behind;
  const isLast = isLastPlace(index);
  if (first === undefined) return items;
  if (least === 0 || others.length === 0 || !areOneKind(behind, frame)) return behind;
  return isLast ? behind.slice(-1) : behind.slice(0, -1);
}

/** Whether two items of a container are made by one line, which a loop runs once for each. */
function areAlike([, one]: Items[number], [, other]: Items[number], { heap }: Frame): boolean {
  return isWithin(one.value, other.value, { later: heap, earlier: heap, horizon: 0 });
}

/** `object[start:stop]` of a class that a library describes, which says apart from its items what a slice of it is. */
function sliceOfObject(
  object: ObjectValue,
  bounds: readonly (Value | null)[],
  frame: Frame,
): Value | undefined {
  const own = findMethod(frame.interpreter, object.definition, '__getslice__');
  return (
    own && frame.call(bind(own, object), positional(...bounds.map((one) => one ?? NONE)), own.method.span)
  );
}

/** Some of a container's items. */
function slice(container: Value, frame: Frame): Value {
  const whole = iterated(container, frame);
  return whole.kind === 'list' ? list(whole.items.map(perhapsAbsent), true) : UNKNOWN;
}
