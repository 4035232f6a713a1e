import {
  exactValue,
  literal,
  pair,
  power,
  type Quantity,
  sameQuantity,
  UNKNOWN_QUANTITY,
} from './quantity.ts';
import { divide, ONE, type Rational, toNumber } from './rational.ts';
import type { WidthSymbol } from './symbol.ts';

/** How long a dimension is that the data brings along, as a batch or a sequence is: no model makes it longer. */
export const DATA: WidthSymbol = { name: 'data', owner: null };
export const DATA_LENGTH: Quantity = { op: 'symbol', symbol: DATA, value: null };

/** A product of powers: two ways of writing one number have one. */
interface Product {
  readonly coefficient: number;
  readonly factors: ReadonlyMap<string, Factor>;
  /** Whether a length of the data is among the factors; of what power says nothing. */
  readonly data: boolean;
}

interface Factor {
  readonly quantity: Quantity;
  readonly exponent: number;
}

const NOTHING: Product = { coefficient: 1, factors: new Map(), data: false };

const keys = new WeakMap<Quantity, string>();
const symbolKeys = new WeakMap<WidthSymbol, SymbolKeys>();
let lastNumber = 0;

/** Longer ones are told apart by being one object. */
const MAX_KEY = 240;

/** What two quantities share that are products of the same factors. */
export function productKey(quantity: Quantity): string {
  if (quantity.op === 'literal') return String(quantity.value);
  if (quantity.op === 'symbol' && quantity.symbol !== DATA) return keysOfSymbol(quantity.symbol).product;
  const known = keys.get(quantity);
  if (known !== undefined) return known;
  const { coefficient, factors, data } = productOf(quantity);
  const parts = [...factors].map(([key, { exponent }]) => `${key}^${exponent}`).sort();
  const text = [String(coefficient), ...(data ? ['data'] : []), ...parts].join('·');
  const key = text.length > MAX_KEY ? `#${++lastNumber}` : text;
  keys.set(quantity, key);
  return key;
}

/** Whether two are one product of powers, however they are written. */
export function isSameProduct(one: Quantity, other: Quantity): boolean {
  return one === other || productKey(one) === productKey(other);
}

/** Whether a length is the data's alone. */
export function isDataLength(quantity: Quantity): boolean {
  if (quantity.op === 'literal' || quantity.op === 'unknown') return false;
  if (quantity.op === 'symbol') return quantity.symbol === DATA;
  const { factors, data } = productOf(quantity);
  return data && factors.size === 0;
}

/** Whether a length is neither a number nor the data's. */
export function isOpenLength(length: Quantity): boolean {
  return exactValue(length) === undefined && !isDataLength(length);
}

/** Whether it is 1 at every width. */
export function isOne(quantity: Quantity): boolean {
  return productKey(quantity) === '1';
}

/** Whether a quantity is one name of the code over another, as the query heads that share a key: more than 1. */
export function isShare(quantity: Quantity): boolean {
  const { coefficient, factors, data } = productOf(quantity);
  const all = [...factors.values()];
  return (
    coefficient === 1 &&
    !data &&
    all.every((one) => one.quantity.op === 'symbol' && exactValue(one.quantity) === undefined) &&
    all
      .map(({ exponent }) => exponent)
      .sort()
      .join() === '-1,1'
  );
}

/** left · right, in which what cancels is gone. */
export function productOfAll(quantities: readonly Quantity[]): Quantity {
  const [only] = quantities;
  if (quantities.length === 1 && only !== undefined) return only;
  return quantityOf(quantities.map(productOf).reduce((left, right) => times(left, right, 1), NOTHING));
}

/** whole / part, in which what cancels is gone. */
export function quotientOf(whole: Quantity, part: Quantity): Quantity {
  return quantityOf(times(productOf(whole), productOf(part), -1));
}

/** What is left of lengths for one that makes up for the others: of the data's alone it is such a length. */
export function restOf(all: readonly Quantity[], others: readonly Quantity[]): Quantity {
  const whole = all.map(productOf).reduce((left, right) => times(left, right, 1), NOTHING);
  return quantityOf(others.map(productOf).reduce((left, right) => times(left, right, -1), whole));
}

/** whole − part, where it is known what of the width is left. */
export function differenceOf(whole: Quantity, part: Quantity): Quantity {
  if (whole.op === 'add' && part.op !== 'unknown') {
    if (sameQuantity(whole.right, part)) return whole.left;
    if (sameQuantity(whole.left, part)) return whole.right;
  }
  const [all, some] = [productOf(whole), productOf(part)];
  const ratio = times(some, all, -1);
  if (ratio.factors.size === 0 && !ratio.data) {
    return quantityOf({ ...all, coefficient: all.coefficient - some.coefficient });
  }
  const isConstant = some.factors.size === 0 && (all.factors.size > 0 || all.data);
  return isConstant ? whole : pair('subtract', whole, part);
}

function times(left: Product, right: Product, power: 1 | -1): Product {
  const factors = new Map(left.factors);
  for (const [key, { quantity, exponent }] of right.factors) {
    const sum = (factors.get(key)?.exponent ?? 0) + power * exponent;
    if (sum === 0) factors.delete(key);
    else factors.set(key, { quantity, exponent: sum });
  }
  return {
    coefficient: left.coefficient * right.coefficient ** power,
    factors,
    data: left.data || right.data,
  };
}

function productOf(quantity: Quantity): Product {
  switch (quantity.op) {
    case 'literal':
      return { ...NOTHING, coefficient: quantity.value };
    case 'symbol':
      if (quantity.symbol === DATA) return { ...NOTHING, data: true };
      return atom(quantity, keysOfSymbol(quantity.symbol).factor);
    case 'multiply':
      return times(productOf(quantity.left), productOf(quantity.right), 1);
    case 'divide':
      return times(productOf(quantity.left), productOf(quantity.right), -1);
    case 'unknown':
      return atom(quantity, '?');
    case 'power':
      return raised(productOf(quantity.base), toNumber(quantity.exponent));
    case 'negate':
    case 'logarithm':
    case 'steady':
      return atom(quantity, `${quantity.op}(${productKey(quantity.of)})`);
    default:
      return pairProduct(quantity);
  }
}

function raised({ coefficient, factors, data }: Product, exponent: number): Product {
  const powers = [...factors].map(
    ([key, one]) => [key, { ...one, exponent: one.exponent * exponent }] as const,
  );
  return { coefficient: coefficient ** exponent, factors: new Map(powers), data };
}

/** A sum or a choice; one of lengths of the data is such a length. */
function pairProduct(quantity: Extract<Quantity, { left: Quantity }>): Product {
  const { op, left, right } = quantity;
  const isFixed = (one: Quantity) => one.op === 'literal' || isDataLength(one);
  if (isFixed(left) && isFixed(right) && (isDataLength(left) || isDataLength(right))) {
    return { ...NOTHING, data: true };
  }
  return atom(quantity, `${op}(${productKey(left)},${productKey(right)})`);
}

function atom(quantity: Quantity, key: string): Product {
  return { ...NOTHING, factors: new Map([[key, { quantity, exponent: 1 }]]) };
}

/** What tells a symbol from others: as a factor, and as a product that is nothing else. */
interface SymbolKeys {
  readonly factor: string;
  readonly product: string;
}

function keysOfSymbol(symbol: WidthSymbol): SymbolKeys {
  const known = symbolKeys.get(symbol);
  if (known !== undefined) return known;
  const factor = `s${++lastNumber}`;
  const made = { factor, product: `1·${factor}^1` };
  symbolKeys.set(symbol, made);
  return made;
}

/** Of the data's lengths nothing is left beside others: they change no exponent. */
function quantityOf({ coefficient, factors, data }: Product): Quantity {
  if (factors.size === 0 && data) {
    return coefficient === 1 ? DATA_LENGTH : pair('multiply', literal(coefficient), DATA_LENGTH);
  }
  if (factors.size === 0) return literal(coefficient);
  const all = [...factors.values()];
  if (all.some(({ quantity }) => quantity.op === 'unknown')) return UNKNOWN_QUANTITY;
  const above = multiplied(all.filter(({ exponent }) => exponent > 0));
  const below = multiplied(all.filter(({ exponent }) => exponent < 0));
  const whole = [...(coefficient === 1 ? [] : [literal(coefficient)]), ...above];
  const numerator = whole.reduce<Quantity | null>(joined, null) ?? literal(1);
  const denominator = below.reduce<Quantity | null>(joined, null);
  return denominator === null ? numerator : pair('divide', numerator, denominator);
}

function multiplied(factors: readonly Factor[]): readonly Quantity[] {
  return factors.map(({ quantity, exponent }) => {
    const size = Math.abs(exponent);
    return size === 1 ? quantity : power(quantity, rationalOf(size));
  });
}

/** Powers are of halves and thirds at most. */
function rationalOf(size: number): Rational {
  return (
    divide({ numerator: Math.round(size * 12), denominator: 1 }, { numerator: 12, denominator: 1 }) ?? ONE
  );
}

function joined(left: Quantity | null, right: Quantity): Quantity {
  return left === null ? right : pair('multiply', left, right);
}
