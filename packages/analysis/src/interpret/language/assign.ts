import { isDataLength } from '../../growth/product.ts';
import { isNothing, literal, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { itemName } from '../../growth/symbol.ts';
import type { InitWrite } from '../../network/init.ts';
import { parametersOf } from '../../network/layer.ts';
import { shapeOf } from '../../network/tensor.ts';
import type { AttributeExpression, Expression } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import { subscriptPlaces } from '../../syntax/subscript-places.ts';
import { bind, classId, findMethod, findSetter, isModuleClass } from '../machine/classes.ts';
import { withEntry } from '../machine/collections.ts';
import { eachWay, replace } from '../machine/frames.ts';
import { positional } from '../machine/given-arguments.ts';
import type { AttributeChange, Frame } from '../machine/interpreter.ts';
import { refuseOpen } from '../machine/joined-rounds.ts';
import { fieldOf, noteGiven } from '../machine/names.ts';
import { noteField, noteFieldSet } from '../machine/settings-given.ts';
import { swallow } from '../machine/swallowed.ts';
import { takesPlace } from '../modules/copies.ts';
import { noteForeignRate } from '../modules/foreign-rates.ts';
import { leaveLost } from '../modules/given-back.ts';
import { noteRewritten } from '../modules/gradients.ts';
import { iterated, layerOf } from '../modules/modules.ts';
import { isMovedBySteps, noteRateWrite } from '../modules/optimizer-state.ts';
import { putAt } from '../modules/replaced-modules.ts';
import type { Place } from '../modules/tensors.ts';
import { havoc } from '../modules/unread.ts';
import { frontOf, list } from '../values/containers.ts';
import { eachOption, either, optionsOf, perhapsAbsent, withoutNone } from '../values/either.ts';
import { isPart } from '../values/likeness.ts';
import { named } from '../values/named.ts';
import { exactInteger, isNumeric, quantityOf } from '../values/numbers.ts';
import { unreadInit } from '../values/parameter-state.ts';
import { lengthUnpacked } from '../values/shapes.ts';
import {
  type ListValue,
  number,
  type ObjectValue,
  partOfUnknown,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { changedTensor, type ItemChange, isAll } from './assigned-parts.ts';
import { computedBy, entriesUnder, ownerOfAttributes } from './attribute-dicts.ts';
import { isEntryOf, subscripted } from './subscripts.ts';

/** Gives a target its value. A number or unknown object that gets its first name there keeps it. */
export function assign(target: Expression, value: Value, frame: Frame): void {
  switch (target.kind) {
    case 'name':
      takesPlace(frame.locals.get(target.name), value, frame);
      frame.bind(
        target.name,
        named(value, () => frame.interpreter.symbols.of(frame.scope, target.name, target.span.start)),
      );
      break;
    case 'attribute':
      assignAttribute(target, value, frame);
      break;
    case 'sequence':
      assignSequence(target.items, value, frame);
      break;
    case 'subscript':
      assignItem(target, value, frame);
      break;
    case 'starred':
      assign(target.value, list([UNKNOWN], true), frame);
      break;
    default:
      break;
  }
}

function assignAttribute({ object, attribute, span }: AttributeExpression, value: Value, frame: Frame): void {
  const owners = optionsOf(withoutNone(frame.evaluate(object)));
  const change = { name: attribute, value, span: frame.at(span) };
  eachWay(owners, frame, {
    run: (owner, way) => setAttribute(owner, change, way),
  });
}

/** `owner.name = value`. */
export function setAttribute(owner: Value, change: AttributeChange, frame: Frame): void {
  if (frame.interpreter.libraries.setAttribute(owner, change, frame)) return;
  if (setOfBase(owner, change, frame)) return;
  if (owner.kind === 'reference') frame.interpreter.patched.add(`${owner.qualified}.${change.name}`);
  swallow(swallowing(owner, change.name, frame), [change.value], frame);
  noteField(owner, change, frame.interpreter);
  noteFieldSet(owner, change, frame);
  if (owner.kind !== 'object' && owner.kind !== 'class') return;
  const { name, value, span } = change;
  if (owner.kind === 'object' && isPart(value) && setsOtherwise(owner, frame)) havoc(value, frame);
  const setter = owner.kind === 'object' ? findSetter(frame.interpreter, owner.definition, name) : undefined;
  if (setter !== undefined) {
    frame.call(bind(setter, owner), positional(value), span);
    return;
  }
  const { symbols } = frame.interpreter;
  const symbolOf = () => symbols.of(symbols.ofDefinition(owner.definition), name, span.start);
  const attribute = { value: named(value, symbolOf), span };
  if (owner.kind === 'object') {
    noteGiven(symbols.of(symbols.ofDefinition(owner.definition), name), value, frame);
    frame.heap.setAttribute(owner.id, name, attribute);
  } else {
    // What its body gives the class may stand beside it, unless that is being made: the store does not know where a class began.
    const isBeingMade = frame.interpreter.madeClasses.beingMade.has(owner.definition);
    frame.heap.setAttribute(
      classId(frame.interpreter, owner.definition),
      name,
      isBeingMade ? attribute : { ...attribute, perhaps: true },
    );
  }
}

/** Whether a class says itself what setting an attribute does, which may be to start a part otherwise. */
function setsOtherwise({ definition }: ObjectValue, { interpreter }: Frame): boolean {
  return findMethod(interpreter, definition, '__setattr__') !== undefined;
}

/** What has a value in it once that is set: something from outside as a whole, of a namespace the one field. */
function swallowing(owner: Value, name: string, frame: Frame): Value {
  const isField = owner.kind === 'unknown' && owner.isNamespace === true && owner.symbol !== null;
  return isField ? fieldOf(owner.symbol, name, frame) : owner;
}

/** A parameter of the layer that an object is becomes another one. */
function setOfBase(owner: Value, change: AttributeChange, frame: Frame): boolean {
  const layer = owner.kind === 'object' ? layerOf(owner, frame) : undefined;
  if (layer === undefined || !parametersOf(layer).some(({ which }) => which === change.name)) return false;
  return frame.interpreter.libraries.setAttribute({ kind: 'layer', layer }, change, frame);
}

function assignSequence(targets: readonly Expression[], value: Value, frame: Frame): void {
  const starred = targets.findIndex(({ kind }) => kind === 'starred');
  const apart = new Map(
    starred < 0
      ? []
      : optionsOf(value).map((one) => [one, takenApart(one, { starred, count: targets.length })]),
  );
  const isApart = starred >= 0 && [...apart.values()].every((one) => one !== undefined);
  for (const [index, target] of targets.entries()) {
    const place = {
      index,
      count: targets.length,
      span: frame.at(target.span),
      isBehind: starred >= 0 && index >= starred,
    };
    const item = eachOption(value, (option) => apart.get(option)?.[index] ?? unpacked(option, place, frame));
    assign(target.kind === 'starred' && isApart ? target.value : target, item, frame);
  }
}

/** What `a, *b, c` get of a list that is long enough; undefined for what is not known, as behind the front of an open one. */
function takenApart(
  value: Value,
  { starred, count }: { readonly starred: number; readonly count: number },
): readonly (Value | undefined)[] | undefined {
  if (value.kind !== 'list' || frontOf(value) < (value.open ? starred : count - 1)) return undefined;
  const { items, open } = value;
  const before = items.slice(0, starred);
  if (open) return [...before, list(items.slice(starred), true)];
  const after = items.length - (count - 1 - starred);
  return [...before, list(items.slice(starred, after)), ...items.slice(after)];
}

/** Which of several targets one is. */
interface TargetPlace {
  readonly index: number;
  readonly count: number;
  readonly span: Span;
  /** Whether it takes any number of items, or stands behind one that does. */
  readonly isBehind: boolean;
}

/** What one of several targets gets; each part of a parameter, or along the data, is known by the whole. */
function unpacked(value: Value, { index, count, span, isBehind }: TargetPlace, frame: Frame): Value {
  if (value.kind === 'parameter' || (value.kind === 'tensor' && isBehind)) return value;
  if (value.kind === 'tensor') {
    const [first] = shapeOf(value.tensor)?.dims ?? [];
    if (first === undefined || isDataLength(first) || shapeOf(value.tensor)?.open === true) return value;
    const at = { kind: 'index', value: number(literal(index)) } as const;
    return subscripted(value, [at], { frame, span }) ?? value;
  }
  if (value.kind === 'shape') return lengthUnpacked(value, index, count);
  if (value.kind === 'opaque') return fieldOf(value.symbol, itemName(value.symbol, index), frame);
  const over = iterated(value, frame);
  const fits = over.kind === 'list' && !over.open && over.items.length === count;
  if (!fits) leaveLost(over, 'unpacking', frame);
  return (fits ? over.items[index] : undefined) ?? partOfUnknown(value);
}

/** Each of several dicts, of which one is meant, may have the new entry. */
function assignPerhaps(
  options: readonly Value[],
  { key, value }: { readonly key: Value; readonly value: Value },
  frame: Frame,
): void {
  for (const option of options)
    if (option.kind === 'dict') replace(option, either([option, withEntry(option, key, value)]), frame);
}

/** What a part of a parameter is set to. */
function partInit(value: Value, span: Span): InitWrite {
  if (!isNumeric(value)) return unreadInit(span);
  return { std: quantityOf(value), kind: 'constant', span, by: 'an assignment to a part' };
}

/** A list with another item at a place; where that is not known, or is a part of the list, any item may be it. */
function withItem(container: ListValue, place: Value | null, value: Value): Value {
  const { items, open } = container;
  const at = place === null ? undefined : exactInteger(place);
  const index = at !== undefined && at < 0 ? at + items.length : at;
  if (!open && index !== undefined && index >= 0 && index < items.length)
    return items[index] === value ? container : list(items.with(index, value));
  const added = place !== null ? [value] : value.kind === 'list' ? value.items : [UNKNOWN];
  return list([...items, ...added].map(perhapsAbsent), true);
}

/** How many entries are copied for a unit of work. */
const PARTS = 4;

/** `container[key] = value`: the items of a dict or container of layers are known, those of a list no longer. */
function assignItem(target: Extract<Expression, { kind: 'subscript' }>, value: Value, frame: Frame): void {
  const key = target.index === null ? UNKNOWN : frame.evaluate(target.index);
  const owner = ownerOfAttributes(target.object, frame);
  const entries = owner && entriesUnder(key, value, { owner, frame });
  if (owner !== null && entries !== null) {
    setAttributes(owner, entries, { frame, span: frame.at(target.span) });
    return;
  }
  const container = frame.evaluate(target.object);
  refuseOpen(container, key, frame);
  const places = subscriptPlaces(target);
  const after = setItem(
    container,
    {
      key: target.index === null ? null : key,
      value,
      span: frame.at(target.span),
      ofAll: places.every(isAll),
      places,
      isEntry: isEntryOf(container, places, { frame, span: target.span }),
    },
    frame,
  );
  if (after !== container) assign(target.object, after, frame);
}

/** Whether a single entry of a parameter becomes 0, which says nothing of how the others start. */
function isZeroedEntry({ isEntry, value }: ItemChange): boolean {
  return isEntry === true && isNumeric(value) && isNothing(quantityOf(value));
}

/** What becomes of a container by `container[key] = value`, for all that hold it. */
export function setItem(container: Value, change: ItemChange, frame: Frame): Value {
  const { key, value, span } = change;
  const layer = layerOf(container, frame);
  if (!isZeroedEntry(change)) writeParts(container, partInit(value, span), { frame, span });
  swallow(container, [value], frame);
  if (key?.kind === 'text') noteField(container, { name: key.text, value }, frame.interpreter);
  if (container.kind === 'reference' && key?.kind === 'text')
    frame.interpreter.libraries.setAttribute(container, { name: key.text, value, span }, frame);
  if (container.kind === 'opaque') noteForeignRate(container, key ?? UNKNOWN, value, frame);
  if (container.kind === 'either') assignPerhaps(container.options, { key: key ?? UNKNOWN, value }, frame);
  else if (layer !== undefined && key?.kind === 'text')
    frame.heap.setAttribute(layer.id, key.text, { value, span });
  else if (layer !== undefined) putAt({ kind: 'layer', layer }, key ?? UNKNOWN, { value, span }, frame);
  const after = changedBy(container, change, frame);
  replace(container, after, frame);
  if (key?.kind === 'text' && key.text === 'lr') noteRateWrite(after, span, frame);
  return after;
}

function changedBy(container: Value, change: ItemChange, frame: Frame): Value {
  const { key, value } = change;
  const { budget } = frame.interpreter;
  switch (container.kind) {
    case 'dict':
      budget.spend(container.entries.size / PARTS);
      return withEntry(container, key ?? UNKNOWN, value);
    case 'list':
      budget.spend(container.items.length);
      return withItem(container, key, value);
    case 'tensor':
      return changedTensor(container, change, frame);
    case 'number':
      return container.isTensor === true ? number(UNKNOWN_QUANTITY) : container;
    default:
      return container;
  }
}

/** What a step has moved may start as it did; how far the next one moves it is not known. */
function writeParts(container: Value, init: InitWrite, { frame, span }: Place): void {
  for (const option of optionsOf(container)) {
    if (option.kind !== 'parameter') continue;
    if (isMovedBySteps(option, frame)) noteRewritten(option, { what: init.by, span }, frame);
    frame.heap.parameters.write(option, init, 'weak');
  }
}

/** Sets several attributes of what may be one of several; a module has what is put there for a part, and does not know it. */
export function setAttributes(
  owner: Value,
  values: ReadonlyMap<string, Value>,
  { frame, span }: { readonly frame: Frame; readonly span: Span },
): void {
  eachWay(optionsOf(owner), frame, {
    run: (option, way) => {
      const isModule = option.kind === 'object' && isModuleClass(frame.interpreter, option.definition);
      for (const [name, given] of values) {
        const value = isModule && isPart(given) ? UNKNOWN : given;
        const computed = option.kind === 'object' ? computedBy(option, { name, span }, way) : undefined;
        if (option.kind === 'object' && computed !== undefined)
          way.heap.setAttribute(option.id, name, { value: either([computed, value]), span });
        else setAttribute(option, { name, value, span }, way);
      }
    },
  });
}
