import { exactValue, freeSymbolsOf } from '../../growth/quantity.ts';
import { dataOf } from '../../network/data.ts';
import type { Tensor } from '../../network/graph.ts';
import { isAnyShape } from '../../network/shape.ts';
import { isData, shapeOf, view } from '../../network/tensor.ts';
import type { Expression, NameExpression } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { replace } from '../machine/frames.ts';
import { factorOf } from '../machine/given-inputs.ts';
import type { Frame } from '../machine/interpreter.ts';
import { areJoined } from '../machine/joined-rounds.ts';
import { exhaust, iterated } from '../modules/modules.ts';
import { tensorValue } from '../modules/tensors.ts';
import { generator, list } from '../values/containers.ts';
import { anyOf, optionsOf, perhapsAbsent } from '../values/either.ts';
import { someInLists } from '../values/in-lists.ts';
import { quantityOfCount } from '../values/places.ts';
import { listsIndexedBy, tellsApart } from '../values/tells-apart.ts';
import { type ListValue, partOfUnknown, UNKNOWN, type Value } from '../values/value.ts';
import { endsOfList, isOrdered, type OrderedList, withEnds } from './ordered.ts';

/** More rounds than these are not gone through one by one. */
const MAX_ITERATIONS = 400;

/** The same of rounds over parts of a model, each of which may be started in its own way. */
const MAX_PARTS = 2000;

/** The work of going round once, beside that of the body. */
export const ROUND = 20;

/** What is gone through: rounds that nothing in the body tells apart are all alike. */
export function rounds(
  iterable: Value,
  { target, body }: { readonly target: Expression | null; readonly body: object },
  frame: Frame,
): Value {
  const over =
    groupsOfAny(iterable) ??
    partsOfAny(iterable) ??
    modulesOfAny(iterable, frame) ??
    iterated(iterable, frame);
  const left = leftToBody(iterable, over, body);
  if (left !== null) {
    replace(iterable, generator(left), frame);
    return left;
  }
  exhaust(iterable, frame);
  if (isCounted(over) && areJoined(over.items, frame)) return UNKNOWN;
  if (!isOrdered(over) || over.order.isRange !== true) return over;
  if (target?.kind !== 'name' || !tellsApart(body, target.name)) return UNKNOWN;
  return asFarAsLists(over, { target, body }, frame);
}

/** The items of an iterator of which the body takes some itself, so that none of them surely has a round; null for any other. */
function leftToBody(iterable: Value, over: Value, body: object): ListValue | null {
  const isShared = iterable.kind === 'list' && iterable.once === true && wordsIn(body).has('next');
  return isShared && over.kind === 'list' ? list(over.items.map(perhapsAbsent), true) : null;
}

/** More items than these are not told apart at either end of a list. */
const MOST_ENDS = 3;

/** Rounds that take items of a list by their number are told apart as far as the items are. */
function asFarAsLists(
  range: OrderedList,
  { target, body }: { readonly target: NameExpression; readonly body: object },
  frame: Frame,
): OrderedList {
  const lists = listsIndexedBy(body, target.name).map((one) => frame.evaluate(one));
  const ends = lists.filter(isOrdered).map(endsOfList);
  const most = (of: readonly number[]) => Math.min(MOST_ENDS, Math.max(1, ...of));
  const [before, behind] = [most(ends.map((one) => one.before)), most(ends.map((one) => one.behind))];
  if (before === 1 && behind === 1) return range;
  return withEnds(range, { before, behind }, (name) => {
    const symbol = frame.interpreter.symbols.of(null, name, target.span.start);
    frame.interpreter.guards.vary(symbol);
    return symbol;
  });
}

/** Notes what counts the rounds of a range that makes layers. */
export function noteDepth(range: Value, { interpreter: { depths } }: Frame): void {
  if (!isOrdered(range) || range.order.isRange !== true) return;
  for (const symbol of freeSymbolsOf(quantityOfCount(range.order.length))) depths.add(symbol);
}

/**
 * The dicts of one of several lists, such as the groups of an optimizer that one of several models has. Each stands in its
 * own list alone, so that it does not matter to the others what is done to it.
 */
function groupsOfAny(iterable: Value): Value | undefined {
  if (iterable.kind !== 'either') return undefined;
  const groups = iterable.options.flatMap((option) =>
    option.kind === 'list' && !option.open ? option.items : [UNKNOWN],
  );
  return groups.every(({ kind }) => kind === 'dict') ? list([...new Set(groups)]) : undefined;
}

/**
 * What may be gone through of several lists, one of which may hold parameters: any of their items, as what is done to one
 * is; or groups, to each of which something may be done.
 */
function partsOfAny(iterable: Value): Value | undefined {
  if (iterable.kind !== 'either') return undefined;
  const items = iterable.options.flatMap((option) => (option.kind === 'list' ? option.items : []));
  if (items.some(holdsGroup)) return eachPerhaps(items);
  return items.some(holdsParameter) ? list([anyOf([...items, UNKNOWN])], true) : undefined;
}

/**
 * The modules of one of several lists or containers, as `self.blocks if flat else self.groups[0]`: what code does with what it
 * goes through, but in a forward pass, may be done to each.
 */
function modulesOfAny(iterable: Value, frame: Frame): Value | undefined {
  if (iterable.kind !== 'either' || frame.interpreter.passDepth > 0) return undefined;
  const items = iterable.options.flatMap((option) => {
    const over = iterated(option, frame);
    return over.kind === 'list' ? over.items : [];
  });
  return items.some(isModule) ? eachPerhaps(items) : undefined;
}

/** Some of these, each of which may be something else. */
function eachPerhaps(items: readonly Value[]): ListValue {
  return list(
    [...new Set(items)].map((item) => anyOf([item, UNKNOWN])),
    true,
  );
}

/** The parts of a container, or of one of several, that code puts into a list or goes through with others; anything else as it is. */
export function partsAmong(value: Value, frame: Frame): Value {
  if (value.kind !== 'layer' && value.kind !== 'object' && value.kind !== 'either') return value;
  const over = modulesOfAny(value, frame) ?? iterated(value, frame);
  return over.kind === 'list' ? over : value;
}

function isModule(item: Value): boolean {
  return optionsOf(item).some(({ kind }) => kind === 'layer' || kind === 'object');
}

function holdsGroup(item: Value): boolean {
  return optionsOf(item).some((one) => one.kind === 'dict' && one.entries.has('params'));
}

function holdsParameter(item: Value): boolean {
  return someInLists(item, ({ kind }) => kind === 'parameter');
}

/** A list of which it is known how many items it has. */
export function isCounted(over: Value): over is ListValue {
  return over.kind === 'list' && !over.open && !isTooLong(over);
}

/** Whether a list has more items than are gone through one by one. */
export function isTooLong({ items }: ListValue): boolean {
  return items.length > MAX_ITERATIONS && (items.length > MAX_PARTS || !items.every(holdsPart));
}

function holdsPart(item: Value): boolean {
  return someInLists(item, ({ kind }) => kind === 'layer' || kind === 'object' || kind === 'parameter');
}

/** What each round has of what is gone through; one symbol where nothing is known of it. */
export function itemsOf(over: Value, target: Expression | null, { interpreter }: Frame): readonly Value[] {
  if (over.kind === 'list' && over.items.length > 0 && !isTooLong(over)) return over.items;
  const part = over.kind === 'tensor' ? partOfData(over, over.tensor) : partOfUnknown(over);
  const isNamed = part.kind === 'unknown' && part.from === undefined;
  if (!isNamed || target?.kind !== 'name') return [part];
  const symbol = interpreter.symbols.of(null, target.name, target.span.start);
  interpreter.guards.vary(symbol);
  return [{ kind: 'opaque', symbol, fallback: null }];
}

/** What is gone through of data that the code has multiplied is as large as that. */
function partOfData(over: Value, tensor: Tensor): Value {
  return isData(tensor) && exactValue(factorOf(over)) === undefined
    ? tensorValue(dataOf([tensor], null, tensor.span))
    : (itemOfInput(over) ?? UNKNOWN);
}

/** One of what a model is given, which may be a tensor of any number of dimensions as well. */
export function itemOfInput(one: Value): Value | undefined {
  if (one.kind !== 'tensor' || !isData(one.tensor)) return undefined;
  const shape = shapeOf(one.tensor);
  return shape !== null && isAnyShape(shape)
    ? tensorValue(view(one.tensor, { shape, from: [] }, one.tensor.span))
    : undefined;
}

/** The names that a target gives values. */
export function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'sequence') return target.items.flatMap(namesIn);
  return target.kind === 'name' ? [target.name] : [];
}
