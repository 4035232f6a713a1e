import { DATA } from '../growth/product.ts';
import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import { compare, HALF, toNumber } from '../growth/rational.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { growthText } from './exponent-text.ts';

/** A quantity in words of the code. A name for a number that is no width is shown as its number. */
export function quantityText(quantity: Quantity, isWidth: (symbol: WidthSymbol) => boolean): string {
  switch (quantity.op) {
    case 'literal':
      return quantity.text;
    case 'symbol':
      if (quantity.symbol === DATA) return '…';
      return quantity.value === null || isWidth(quantity.symbol)
        ? quantity.symbol.name
        : quantityText(quantity.value, isWidth);
    case 'unknown':
      return '?';
    case 'negate':
      return `−${operand(quantity.of, isWidth)}`;
    case 'logarithm':
      return `log ${operand(quantity.of, isWidth)}`;
    case 'power':
      if (compare(quantity.exponent, HALF) === 0) return `√${operand(quantity.base, isWidth)}`;
      return growthText(toNumber(quantity.exponent), operand(quantity.base, isWidth));
    case 'steady':
      return '…';
    case 'either':
      return `${quantityText(quantity.left, isWidth)} or ${quantityText(quantity.right, isWidth)}`;
    case 'pickedBy':
      return quantityText(quantity.left, isWidth);
    case 'ifGrows':
      return [...symbolsOf(quantity.left)].some(isWidth) ? quantityText(quantity.right, isWidth) : '1';
    case 'maximum':
    case 'minimum': {
      const name = quantity.op === 'maximum' ? 'max' : 'min';
      return `${name}(${quantityText(quantity.left, isWidth)}, ${quantityText(quantity.right, isWidth)})`;
    }
    default:
      return `${operand(quantity.left, isWidth)}${SIGNS[quantity.op]}${operand(quantity.right, isWidth)}`;
  }
}

const SIGNS = { add: ' + ', subtract: ' − ', multiply: '·', divide: '/' } as const;

/** In parentheses where it is made of two: those of a root, power or name hold together as they are. */
function operand(quantity: Quantity, isWidth: (symbol: WidthSymbol) => boolean): string {
  const text = quantityText(quantity, isWidth);
  return /[ ·/]/.test(text) && !/^(?:√|max|min)\([^()]*\)$/.test(text) ? `(${text})` : text;
}
