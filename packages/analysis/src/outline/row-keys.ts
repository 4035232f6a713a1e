import { DATA } from '../growth/product.ts';
import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';

/**
 * Gives dimensions a text of their own, which others have that are written alike: which of them are a row hangs on no word
 * that they are shown by. A number that is no width is its value, whatever it is called, and what is bounded is one with
 * all that is. Dimensions that are not known are alike.
 */
export function dimensionKeys(
  isWidth: (symbol: WidthSymbol) => boolean,
): (dims: readonly Quantity[] | null) => string {
  const known = new Map<Quantity, string>();
  const places = new Map<WidthSymbol, number>();
  const placeOf = (symbol: WidthSymbol): number => {
    const place = places.get(symbol) ?? places.size;
    places.set(symbol, place);
    return place;
  };
  const keyOf = (quantity: Quantity): string => {
    const before = known.get(quantity);
    if (before !== undefined) return before;
    const key = madeKey(quantity);
    known.set(quantity, key);
    return key;
  };
  const madeKey = (quantity: Quantity): string => {
    switch (quantity.op) {
      case 'literal':
        return quantity.text;
      case 'symbol': {
        const { symbol, value } = quantity;
        if (symbol === DATA) return BOUNDED;
        return value === null || isWidth(symbol) ? `#${placeOf(symbol)}` : keyOf(value);
      }
      case 'unknown':
        return '?';
      case 'steady':
        return BOUNDED;
      case 'negate':
      case 'logarithm':
        return `${quantity.op}(${keyOf(quantity.of)})`;
      case 'power':
        return `(${keyOf(quantity.base)})^${quantity.exponent.numerator}/${quantity.exponent.denominator}`;
      case 'pickedBy':
        return keyOf(quantity.left);
      case 'ifGrows':
        return [...symbolsOf(quantity.left)].some(isWidth) ? keyOf(quantity.right) : '1';
      default:
        return `${quantity.op}(${keyOf(quantity.left)},${keyOf(quantity.right)})`;
    }
  };
  return (dims) => (dims === null ? '?' : dims.map(keyOf).join(' '));
}

const BOUNDED = '…';
