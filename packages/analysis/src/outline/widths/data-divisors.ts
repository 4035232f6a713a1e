import { DATA } from '../../growth/product.ts';
import { type Quantity, symbolsOf } from '../../growth/quantity.ts';

/**
 * Whether a number is divided by a length of what the model is given, or has a root of one, as the scale 1/√(x.size(-1)):
 * the lengths of dimensions are never that.
 */
export function isDividedByData(quantity: Quantity): boolean {
  switch (quantity.op) {
    case 'literal':
    case 'unknown':
      return false;
    case 'symbol':
      return quantity.value !== null && isDividedByData(quantity.value);
    case 'power':
      return symbolsOf(quantity.base).has(DATA);
    case 'negate':
    case 'logarithm':
    case 'steady':
      return isDividedByData(quantity.of);
    case 'divide':
      return symbolsOf(quantity.right).has(DATA) || isDividedByData(quantity.left);
    default:
      return isDividedByData(quantity.left) || isDividedByData(quantity.right);
  }
}
