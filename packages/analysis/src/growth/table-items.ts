import { type Quantity, UNKNOWN_QUANTITY } from './quantity.ts';
import { isItemName } from './symbol.ts';

/**
 * A number that a weight starts or is trained with; unknown where it is one of a table from outside, which may have been
 * made for the sizes of each weight. What is divided by such a number, as by a size of a list of sizes, is known by that.
 */
export function unlessOfTable(number: Quantity): Quantity {
  return isOfTable(number) ? UNKNOWN_QUANTITY : number;
}

function isOfTable(number: Quantity): boolean {
  switch (number.op) {
    case 'symbol':
      return number.value === null && isItemName(number.symbol);
    case 'literal':
    case 'unknown':
    case 'logarithm':
    // As a schedule goes by it, within bounds.
    case 'steady':
      return false;
    case 'power':
      return number.exponent.numerator > 0 && isOfTable(number.base);
    case 'negate':
      return isOfTable(number.of);
    case 'divide':
    case 'pickedBy':
      return isOfTable(number.left);
    default:
      return isOfTable(number.left) || isOfTable(number.right);
  }
}
