import { DATA } from '../growth/product.ts';
import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import { compare, HALF, toNumber } from '../growth/rational.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { growthText } from './exponent-text.ts';

/** A quantity in words of the code. A name for a number that is no width is shown as its number. */
export function quantityText(quantity: Quantity, isWidth: (symbol: WidthSymbol) => boolean): string {
  return written(quantity, isWidth).text;
}

/** A text, and how strongly its parts hang together: what is weaker than what stands around it is put in parentheses. */
interface Written {
  readonly text: string;
  readonly binds: number;
}

const [CHOICE, SUM, QUOTIENT, PRODUCT, ATOM] = [0, 1, 2, 3, 4];

const atom = (text: string): Written => ({ text, binds: ATOM });

const ONE = '1';

function written(quantity: Quantity, isWidth: (symbol: WidthSymbol) => boolean): Written {
  const of = (part: Quantity) => written(part, isWidth);
  switch (quantity.op) {
    case 'literal':
      return atom(quantity.text);
    case 'symbol':
      if (quantity.symbol === DATA) return atom('…');
      return quantity.value === null || isWidth(quantity.symbol)
        ? atom(quantity.symbol.name)
        : of(quantity.value);
    case 'unknown':
      return atom('?');
    case 'negate':
      return { text: `−${within(of(quantity.of), ATOM)}`, binds: PRODUCT };
    case 'logarithm':
      return { text: `log ${within(of(quantity.of), ATOM)}`, binds: PRODUCT };
    case 'power': {
      const base = within(of(quantity.base), ATOM);
      const isRoot = compare(quantity.exponent, HALF) === 0;
      return atom(isRoot ? `√${base}` : growthText(toNumber(quantity.exponent), base));
    }
    case 'steady':
      return atom('…');
    case 'either':
      return { text: `${of(quantity.left).text} or ${of(quantity.right).text}`, binds: CHOICE };
    case 'pickedBy':
      return of(quantity.left);
    case 'ifGrows':
      return [...symbolsOf(quantity.left)].some(isWidth) ? of(quantity.right) : atom(ONE);
    case 'maximum':
    case 'minimum': {
      const name = quantity.op === 'maximum' ? 'max' : 'min';
      return atom(`${name}(${of(quantity.left).text}, ${of(quantity.right).text})`);
    }
    case 'add':
    case 'subtract':
      return sum(quantity.op, of(quantity.left), of(quantity.right));
    case 'multiply':
      return product(of(quantity.left), of(quantity.right));
    case 'divide':
      return quotient(of(quantity.left), of(quantity.right), quantity.right.op === 'ifGrows');
  }
}

function sum(op: 'add' | 'subtract', left: Written, right: Written): Written {
  const sign = op === 'add' ? '+' : '−';
  return { text: `${within(left, SUM)} ${sign} ${within(right, op === 'add' ? SUM : QUOTIENT)}`, binds: SUM };
}

function product(left: Written, right: Written): Written {
  if (left.text === ONE) return right;
  if (right.text === ONE) return left;
  return { text: `${within(left, PRODUCT)}·${within(right, PRODUCT)}`, binds: PRODUCT };
}

function quotient(left: Written, right: Written, isOfMultiplier: boolean): Written {
  if (right.text === ONE) return left;
  if (isOfMultiplier && left.text === right.text) return atom(ONE);
  return { text: `${within(left, PRODUCT)}/${within(right, ATOM)}`, binds: QUOTIENT };
}

function within({ text, binds }: Written, least: number): string {
  return binds < least ? `(${text})` : text;
}
