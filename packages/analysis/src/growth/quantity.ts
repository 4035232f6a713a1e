import { add, compare, divide, multiply, negate, type Rational, rationalFromDecimal } from './rational.ts';
import type { WidthSymbol } from './symbol.ts';

/**
 * A number of the code, kept as the expression it came from until it is known which names are widths.
 *
 * A `symbol` is a number with a name: a parameter, an attribute of one, or a name for a literal.
 */
export type Quantity =
  | { readonly op: 'literal'; readonly value: number; readonly text: string }
  | { readonly op: 'symbol'; readonly symbol: WidthSymbol; readonly value: Quantity | null }
  | { readonly op: 'unknown' }
  | {
      readonly op: PairOperation;
      readonly left: Quantity;
      readonly right: Quantity;
      /** How many nodes it has as a tree. */
      readonly size: number;
      /** Whether only the whole part of it is meant, which is 0 where it is below 1. */
      readonly whole?: true;
    }
  | { readonly op: 'power'; readonly base: Quantity; readonly exponent: Rational }
  | { readonly op: 'negate' | 'logarithm'; readonly of: Quantity }
  /** What something bounded makes of it, or a loop that goes round often: the same at every width where `of` is. */
  | { readonly op: 'steady'; readonly of: Quantity };

/**
 * `ifGrows` is `right` where `left` grows with width, and 1 where it does not; `pickedBy` is `left`, which the code has for
 * some values of `right` and not for others.
 */
export type PairOperation =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'minimum'
  | 'either'
  | 'ifGrows'
  | 'pickedBy';

export const UNKNOWN_QUANTITY: Quantity = { op: 'unknown' };

/** A number that is spelled out; one below zero as code has it, as the negative of a number. */
export function literal(value: number): Quantity {
  if (value < 0) return unary('negate', literal(-value));
  return { op: 'literal', value, text: String(value) };
}

/**
 * Two quantities in one, or an unknown one when it would hold more than code that means a number ever writes.
 *
 * Parts are shared: `d = d + d` a few dozen times over is a small graph and an endless tree, and trees are what is
 * walked.
 */
export function pair(op: PairOperation, left: Quantity, right: Quantity): Quantity {
  if ((op === 'add' || op === 'subtract') && isNothing(right)) return left;
  if (op === 'add' && isNothing(left)) return right;
  const size = 1 + sizeOf(left) + sizeOf(right);
  if (size > MOST_NODES) return UNKNOWN_QUANTITY;
  return { op, left, right, size };
}

/** The whole part of a number: the number itself as far as anybody asks, but for one that falls below 1. */
export function wholePart(of: Quantity): Quantity {
  return isPair(of) ? { ...of, whole: true } : of;
}

/** A 0 that the code spells out, as `int(False)` is. */
export function isNothing(quantity: Quantity): boolean {
  return quantity.op === 'literal' && quantity.value === 0;
}

const MOST_NODES = 1024;

/**
 * A number that the code has for some values of another one. Whole numbers are left as they are: sizes and counts, of
 * which each is what it is.
 */
export function pickedBy(quantity: Quantity, key: Quantity): Quantity {
  if (quantity.op === 'either')
    return pair('either', pickedBy(quantity.left, key), pickedBy(quantity.right, key));
  const exact = quantity.op === 'pickedBy' ? undefined : exactValue(quantity);
  return exact === undefined || exact.denominator === 1 ? quantity : pair('pickedBy', quantity, key);
}

/** How many nodes a quantity has as a tree; a pair knows, so that a shared part is counted once. */
export function sizeOf(quantity: Quantity): number {
  switch (quantity.op) {
    case 'literal':
    case 'unknown':
      return 1;
    case 'symbol':
      return 1 + (quantity.value === null ? 0 : sizeOf(quantity.value));
    case 'power':
      return 1 + sizeOf(quantity.base);
    case 'negate':
    case 'logarithm':
    case 'steady':
      return 1 + sizeOf(quantity.of);
    default:
      return quantity.size;
  }
}

/** base^exponent. */
export function power(base: Quantity, exponent: Rational): Quantity {
  return bounded({ op: 'power', base, exponent }, base);
}

/** −of, log of, or what is the same at every width where `of` is. */
export function unary(op: 'negate' | 'logarithm' | 'steady', of: Quantity): Quantity {
  return bounded({ op, of }, of);
}

/** A quantity made of another one, or an unknown one as `pair` has it. */
function bounded(made: Quantity, of: Quantity): Quantity {
  return sizeOf(of) < MOST_NODES ? made : UNKNOWN_QUANTITY;
}

/** Whether a number is below 0, given that names stand for numbers above it. */
export function isNegative(quantity: Quantity): boolean {
  switch (quantity.op) {
    case 'literal':
      return quantity.value < 0;
    case 'symbol':
      return quantity.value !== null && isNegative(quantity.value);
    case 'negate':
      return !isNegative(quantity.of);
    case 'multiply':
    case 'divide':
      return isNegative(quantity.left) !== isNegative(quantity.right);
    default:
      return false;
  }
}

const ALL_SYMBOLS = new WeakMap<Quantity, ReadonlySet<WidthSymbol>>();

/** The names a quantity is made of; looked for once. */
export function symbolsOf(quantity: Quantity): ReadonlySet<WidthSymbol> {
  const known = ALL_SYMBOLS.get(quantity);
  if (known !== undefined) return known;
  const symbols = new Set(symbolsIn(quantity).map(({ symbol }) => symbol));
  ALL_SYMBOLS.set(quantity, symbols);
  return symbols;
}

const FREE_SYMBOLS = new WeakMap<Quantity, ReadonlySet<WidthSymbol>>();

/** The names that do not stand for a number which the code spells out; looked for once. */
export function freeSymbolsOf(quantity: Quantity): ReadonlySet<WidthSymbol> {
  const known = FREE_SYMBOLS.get(quantity);
  if (known !== undefined) return known;
  const free = symbolsIn(quantity).filter(({ value }) => value === null);
  const symbols = new Set(free.map(({ symbol }) => symbol));
  FREE_SYMBOLS.set(quantity, symbols);
  return symbols;
}

/** Whether a quantity is made of something of which nothing is known. */
export function isPartlyUnknown(quantity: Quantity): boolean {
  return leavesOf(quantity).some((leaf) => leaf.op === 'unknown');
}

type Leaf = Extract<Quantity, { op: 'literal' | 'symbol' | 'unknown' }>;

function symbolsIn(quantity: Quantity): readonly Extract<Quantity, { op: 'symbol' }>[] {
  return leavesOf(quantity).filter((leaf) => leaf.op === 'symbol');
}

/** The literals, names and unknown parts that a quantity is made of. */
export function leavesOf(quantity: Quantity): readonly Leaf[] {
  switch (quantity.op) {
    case 'literal':
    case 'unknown':
    case 'symbol':
      return [quantity];
    case 'power':
      return leavesOf(quantity.base);
    case 'negate':
    case 'logarithm':
    case 'steady':
      return leavesOf(quantity.of);
    case 'pickedBy':
      return leavesOf(quantity.left);
    default:
      return [...leavesOf(quantity.left), ...leavesOf(quantity.right)];
  }
}

/** The value as an exact fraction, where the quantity is made of literals alone. */
export function exactValue(quantity: Quantity): Rational | undefined {
  switch (quantity.op) {
    case 'literal':
      return rationalFromDecimal(quantity.text);
    case 'symbol':
      return quantity.value === null ? undefined : exactValue(quantity.value);
    case 'negate': {
      const value = exactValue(quantity.of);
      return value && negate(value);
    }
    case 'pickedBy':
      return exactValue(quantity.left);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return exactPair(quantity.op, exactValue(quantity.left), exactValue(quantity.right));
    default:
      return undefined;
  }
}

function exactPair(
  op: 'add' | 'subtract' | 'multiply' | 'divide',
  left: Rational | undefined,
  right: Rational | undefined,
): Rational | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (op === 'add') return add(left, right);
  if (op === 'subtract') return add(left, negate(right));
  return op === 'multiply' ? multiply(left, right) : divide(left, right);
}

/** A quantity without the signs that the code writes before it and its factors. */
export function magnitudeOf(quantity: Quantity): Quantity {
  return signed(quantity).magnitude;
}

/** Whether two quantities are known, or were written alike but for their signs, so that they add up to 0. */
export function areOpposite(left: Quantity, right: Quantity): boolean {
  const [x, y] = [exactValue(left), exactValue(right)];
  if (x !== undefined && y !== undefined) return x.numerator !== 0 && compare(x, negate(y)) === 0;
  const [one, other] = [signed(left), signed(right)];
  return one.isNegative !== other.isNegative && isEqual(one.magnitude, other.magnitude);
}

function isEqual(left: Quantity, right: Quantity): boolean {
  const [x, y] = [exactValue(left), exactValue(right)];
  return x === undefined || y === undefined ? sameQuantity(left, right) : compare(x, y) === 0;
}

function signed(quantity: Quantity): { readonly magnitude: Quantity; readonly isNegative: boolean } {
  switch (quantity.op) {
    case 'literal':
      return quantity.value < 0
        ? { magnitude: literal(-quantity.value), isNegative: true }
        : { magnitude: quantity, isNegative: false };
    case 'symbol':
      return quantity.value !== null && isNegative(quantity.value)
        ? signed(quantity.value)
        : { magnitude: quantity, isNegative: false };
    case 'negate': {
      const { magnitude, isNegative: wasNegative } = signed(quantity.of);
      return { magnitude, isNegative: !wasNegative };
    }
    case 'multiply':
    case 'divide': {
      const [left, right] = [signed(quantity.left), signed(quantity.right)];
      const isUnsigned = left.magnitude === quantity.left && right.magnitude === quantity.right;
      return {
        magnitude: isUnsigned ? quantity : pair(quantity.op, left.magnitude, right.magnitude),
        isNegative: left.isNegative !== right.isNegative,
      };
    }
    default:
      return { magnitude: quantity, isNegative: false };
  }
}

/** Whether two quantities were written alike, and so are equal. */
export function sameQuantity(left: Quantity, right: Quantity): boolean {
  if (left === right) return true;
  switch (left.op) {
    case 'unknown':
      return right.op === 'unknown';
    case 'literal':
      return right.op === 'literal' && left.text === right.text;
    case 'symbol':
      return right.op === 'symbol' && left.symbol === right.symbol && sameValue(left.value, right.value);
    case 'power':
      return (
        right.op === 'power' &&
        compare(left.exponent, right.exponent) === 0 &&
        sameQuantity(left.base, right.base)
      );
    case 'negate':
    case 'logarithm':
    case 'steady':
      return left.op === right.op && sameQuantity(left.of, (right as typeof left).of);
    default:
      return left.op === right.op && samePair(left, right as typeof left);
  }
}

function sameValue(left: Quantity | null, right: Quantity | null): boolean {
  return left === null || right === null ? left === right : sameQuantity(left, right);
}

/** Two quantities in one. */
export type Pair = Extract<Quantity, { op: PairOperation }>;

function samePair(left: Pair, right: Pair): boolean {
  return (
    left.size === right.size && sameQuantity(left.left, right.left) && sameQuantity(left.right, right.right)
  );
}

/** Whether it is two quantities in one. */
export function isPair(quantity: Quantity): quantity is Pair {
  return 'left' in quantity;
}

/** What it may be, each apart. */
export function alternativesOf(quantity: Quantity): readonly Quantity[] {
  if (quantity.op !== 'either') return [quantity];
  return [...alternativesOf(quantity.left), ...alternativesOf(quantity.right)];
}
