import { DATA, isSameProduct, quotientOf } from '../../growth/product.ts';
import {
  exactValue,
  freeSymbolsOf,
  isPartlyUnknown,
  type Quantity,
  symbolsOf,
} from '../../growth/quantity.ts';
import { compare, ONE } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';

/** How one size is to another at all large widths. */
export interface SizeOrder {
  /** −1 below it, 0 the same, 1 above it; null where they differ and nobody knows which is larger. */
  readonly sign: -1 | 0 | 1 | null;
  /** Ratios that have to grow for that, or to vanish. */
  readonly relies: readonly ReliedRatio[];
}

/** One size over another, of which something is taken for granted. */
export interface ReliedRatio {
  readonly ratio: Quantity;
  /** Whether it has to grow, 1, to vanish, −1, or to do either, null. */
  readonly sign: -1 | 1 | null;
  /** Whether the code that asks may choose by it how parameters start, too. */
  readonly starts?: true;
}

/** How one size is to another; null where that may be one way at some widths and another at others. */
export function sizeOrder(
  one: Quantity,
  other: Quantity,
  varies: (symbol: WidthSymbol) => boolean,
): SizeOrder | null {
  const part = (left: Quantity, right: Quantity) => sizeOrder(left, right, varies);
  if (one.op === 'minimum' || one.op === 'maximum')
    return extreme(one.op, part(one.left, other), part(one.right, other));
  if (other.op === 'minimum' || other.op === 'maximum') return turned(part(other, one));
  if (![one, other].every((size) => isSize(size) && ![...freeSymbolsOf(size)].some(varies))) return null;
  if (isSameProduct(one, other)) return { sign: 0, relies: [] };
  const ratio = quotientOf(one, other);
  const exact = symbolsOf(ratio).size > 0 ? undefined : exactValue(ratio);
  if (exact !== undefined) return { sign: signOf(compare(exact, ONE)), relies: [] };
  const [above, below] = ratio.op === 'divide' ? [ratio.left, ratio.right] : [ratio, null];
  const [over, under] = [above, below].map((side) => side !== null && symbolsOf(side).size > 0);
  const sign = over === under ? null : over === true ? 1 : -1;
  return { sign, relies: [{ ratio, sign }] };
}

/** Whether a quantity is a product of positive numbers that the code has names for, or spells out. */
function isSize(quantity: Quantity): boolean {
  switch (quantity.op) {
    case 'symbol':
      return quantity.symbol !== DATA && (quantity.value === null || isSize(quantity.value));
    case 'literal':
      return quantity.value > 0;
    case 'multiply':
    case 'divide':
    case 'add':
      return isSize(quantity.left) && isSize(quantity.right) && !isPartlyUnknown(quantity);
    default:
      return false;
  }
}

/** Of the smaller or larger of two sizes. */
function extreme(
  op: 'minimum' | 'maximum',
  left: SizeOrder | null,
  right: SizeOrder | null,
): SizeOrder | null {
  if (left === null || right === null || left.sign === null || right.sign === null) return null;
  const sign = signOf(op === 'minimum' ? Math.min(left.sign, right.sign) : Math.max(left.sign, right.sign));
  return { sign, relies: [...left.relies, ...right.relies] };
}

function turned(order: SizeOrder | null): SizeOrder | null {
  return order === null || order.sign === null ? order : { ...order, sign: signOf(-order.sign) };
}

export function signOf(difference: number): -1 | 0 | 1 {
  if (difference === 0) return 0;
  return difference < 0 ? -1 : 1;
}
