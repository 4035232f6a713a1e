import { pair, power, type Quantity, unary, wholePart } from './quantity.ts';
import type { WidthSymbol } from './symbol.ts';

/** What names stand for elsewhere; undefined for one that is the same there. */
export type Meaning = (symbol: WidthSymbol) => Quantity | undefined;

/** A quantity in which names are what they stand for. */
export function withSymbols(quantity: Quantity, meaning: Meaning): Quantity {
  switch (quantity.op) {
    case 'literal':
    case 'unknown':
      return quantity;
    case 'symbol':
      return meaning(quantity.symbol) ?? quantity;
    case 'power':
      return power(withSymbols(quantity.base, meaning), quantity.exponent);
    case 'negate':
    case 'logarithm':
    case 'steady':
      return unary(quantity.op, withSymbols(quantity.of, meaning));
    default: {
      const { op, left, right, whole } = quantity;
      const made = pair(op, withSymbols(left, meaning), withSymbols(right, meaning));
      return whole === true ? wholePart(made) : made;
    }
  }
}
