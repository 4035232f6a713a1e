import { exactValue, literal, pair, type Quantity, sameQuantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';

/** A count: a quantity that is not known, and how many more; the base of one that is known is 0. */
export interface Count {
  readonly base: Quantity;
  readonly plus: number;
}

/** Where an index may be, with both ends. */
interface Places {
  readonly low: Count;
  readonly high: Count;
}

/** What stands for rounds of a loop that goes round an unknown number of times: its first, its last, one between them. */
const PLACES = new WeakMap<WidthSymbol, Places>();

const NOUGHT = literal(0);

/** A count that is known. */
export function exactCount(plus: number): Count {
  return { base: NOUGHT, plus };
}

/** How many a quantity is. */
export function countOf(quantity: Quantity): Count {
  const exact = exactValue(quantity);
  if (exact !== undefined && exact.denominator === 1) return exactCount(exact.numerator);
  if (quantity.op === 'add' || quantity.op === 'subtract') {
    const more = exactValue(quantity.right);
    if (more !== undefined && more.denominator === 1) {
      const { base, plus } = countOf(quantity.left);
      return { base, plus: plus + (quantity.op === 'add' ? more.numerator : -more.numerator) };
    }
  }
  return { base: quantity, plus: 0 };
}

/** So many more. */
export function moved({ base, plus }: Count, by: number): Count {
  return { base, plus: plus + by };
}

/** A count as a number of the code. */
export function quantityOfCount({ base, plus }: Count): Quantity {
  if (base === NOUGHT) return literal(plus);
  if (plus === 0) return base;
  return plus > 0 ? pair('add', base, literal(plus)) : pair('subtract', base, literal(-plus));
}

/** An index that is known by where it may be. */
export function placed(symbol: WidthSymbol, low: Count, high: Count): Quantity {
  PLACES.set(symbol, { low, high });
  const exact = sameCount(low, high) ? quantityOfCount(low) : null;
  return { op: 'symbol', symbol, value: exact };
}

/** Where an index may be; null for one that no loop has given. */
export function placesOf(quantity: Quantity): Places | null {
  if (quantity.op === 'symbol') {
    const known = PLACES.get(quantity.symbol);
    if (known !== undefined) return known;
    return quantity.value === null ? null : placesOf(quantity.value);
  }
  if (quantity.op !== 'add' && quantity.op !== 'subtract') return null;
  const inner = placesOf(quantity.left);
  const more = exactValue(quantity.right);
  if (inner === null || more === undefined || more.denominator !== 1) return null;
  const by = quantity.op === 'add' ? more.numerator : -more.numerator;
  return { low: moved(inner.low, by), high: moved(inner.high, by) };
}

/** The first place where the index of a round may be: of the last one, behind the first. */
export function leastPlaceOf(quantity: Quantity): number {
  const low = placesOf(quantity)?.low;
  if (low === undefined) return 0;
  return Math.max(0, low.base === NOUGHT ? low.plus : LEAST_LAST + 1 + low.plus);
}

/** Whether an index is that of the last round. */
export function isLastPlace(quantity: Quantity): boolean {
  const places = placesOf(quantity);
  return places !== null && places.low.base !== NOUGHT && sameCount(places.low, places.high);
}

/** Whether two counts are surely one. */
export function sameCount(one: Count, other: Count): boolean {
  return one.plus === other.plus && sameQuantity(one.base, other.base);
}

/** The last round of a loop that is told apart is no earlier than this: there are some between it and the first. */
const LEAST_LAST = 2;

/** How much more one count is than the other, or a bound of that; undefined where it may be more or less. */
function difference(one: Count, other: Count): number | undefined {
  if (sameQuantity(one.base, other.base)) return one.plus - other.plus;
  if (isBeforeLast(one, other)) return -1;
  return isBeforeLast(other, one) ? 1 : undefined;
}

/** Whether an index that is known is before any that counts from an end that is not. */
function isBeforeLast(known: Count, other: Count): boolean {
  return (
    known.base === NOUGHT && other.base !== NOUGHT && known.plus < LEAST_LAST && other.plus >= -LEAST_LAST
  );
}

/** Whether a comparison of two numbers holds, one of which is the index of a round; null where that says nothing. */
export function comparedPlaces(operator: string, left: Quantity, right: Quantity): boolean | null {
  const [mine, theirs] = [placesOf(left), placesOf(right)];
  if (mine === null && theirs === null) return null;
  const [x, y] = [mine ?? only(left), theirs ?? only(right)];
  switch (operator) {
    case '<':
      return isBelow(x, y, 0);
    case '>':
      return isBelow(y, x, 0);
    case '<=':
      return isBelow(x, y, 1);
    case '>=':
      return isBelow(y, x, 1);
    case '==':
      return areSame(x, y);
    case '!=': {
      const same = areSame(x, y);
      return same === null ? null : !same;
    }
    default:
      return null;
  }
}

function only(quantity: Quantity): Places {
  const count = countOf(quantity);
  return { low: count, high: count };
}

/** Whether one is less than the other, or, for a slack of 1, not more. */
function isBelow(one: Places, other: Places, slack: 0 | 1): boolean | null {
  const most = difference(one.high, other.low);
  if (most !== undefined && most < slack) return true;
  const least = difference(one.low, other.high);
  return least !== undefined && least >= slack ? false : null;
}

function areSame(one: Places, other: Places): boolean | null {
  if (isBelow(one, other, 0) === true || isBelow(other, one, 0) === true) return false;
  const isOne = sameCount(one.low, one.high) && sameCount(other.low, other.high);
  return isOne && sameCount(one.low, other.low) ? true : null;
}

/** Where an index is in a list: so far from its start, or, negative, from its end; or between them. */
export function indexIn(
  index: Quantity,
  length: Count,
): number | { readonly from: number; readonly to: number } | null {
  const places = placesOf(index) ?? only(index);
  const [low, high] = [places.low, places.high];
  if (sameCount(low, high)) {
    if (low.base === NOUGHT) return low.plus;
    return sameQuantity(low.base, length.base) ? low.plus - length.plus : null;
  }
  if (low.base !== NOUGHT || !sameQuantity(high.base, length.base)) return null;
  return { from: low.plus, to: high.plus - length.plus };
}
