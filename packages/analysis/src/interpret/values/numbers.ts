import { exponential, logarithm } from '../../growth/exponential.ts';
import { errorFunction } from '../../growth/literal-value.ts';
import {
  exactValue,
  isNothing,
  literal,
  type PairOperation,
  pair,
  power,
  type Quantity,
  UNKNOWN_QUANTITY,
  unary,
  wholePart,
} from '../../growth/quantity.ts';
import { HALF, negate as negateRational, type Rational } from '../../growth/rational.ts';
import { computedOfHeld } from './holders.ts';
import { type NumberValue, number, UNKNOWN, type Value } from './value.ts';

/** A value that is known as a number, or a number of which nothing is known in place of any other. */
export function asNumber(value: Value): NumberValue {
  return value.kind === 'number' ? value : number(UNKNOWN_QUANTITY);
}

/** A value as a number: what comes from outside is a symbol, what is not a number is unknown. */
export function quantityOf(value: Value): Quantity {
  switch (value.kind) {
    case 'number':
      return value.quantity;
    case 'opaque':
      return { op: 'symbol', symbol: value.symbol, value: null };
    case 'truth':
      return literal(value.value ? 1 : 0);
    case 'either':
      return value.options.map(quantityOf).reduce((left, right) => pair('either', left, right));
    default:
      return UNKNOWN_QUANTITY;
  }
}

/** Whether a value may take part in arithmetic with numbers. */
export function isNumeric(value: Value): boolean {
  return value.kind === 'number' || value.kind === 'opaque' || value.kind === 'truth';
}

const OPERATIONS: Readonly<Record<string, PairOperation>> = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
};

/** left ∘ right for numbers. A remainder is unknown. */
export function arithmetic(operator: string, left: Quantity, right: Quantity): Quantity {
  if (operator === '**') return raised(left, right);
  if (operator === '%') return remainder(left, right);
  if (operator === '<<') return pair('multiply', left, raised(TWO, right));
  if (operator === '>>') return pair('divide', left, raised(TWO, right));
  if (operator === '//') return wholePart(pair('divide', left, divisor(right)));
  const operation = OPERATIONS[operator];
  if (operation === undefined) return UNKNOWN_QUANTITY;
  return pair(operation, left, operation === 'divide' ? divisor(right) : right);
}

/** What is divided by is not 0 where it may be something else: code that comes there has another. */
function divisor(by: Quantity): Quantity {
  if (by.op !== 'either') return by;
  const [left, right] = [divisor(by.left), divisor(by.right)];
  if (isNothing(left)) return right;
  if (isNothing(right)) return left;
  return left === by.left && right === by.right ? by : pair('either', left, right);
}

const [TWO, TEN] = [literal(2), literal(10)];
const THIRD: Rational = { numerator: 1, denominator: 3 };

/** What is left of a division is below what it is divided by. */
function remainder(left: Quantity, right: Quantity): Quantity {
  const [over, by] = [exactValue(left), exactValue(right)];
  const isWhole = over?.denominator === 1 && by?.denominator === 1 && by.numerator > 0;
  if (!isWhole) return unary('steady', right);
  return literal(((over.numerator % by.numerator) + by.numerator) % by.numerator);
}

/** x^q is a power where q is made of literals. */
function raised(base: Quantity, exponent: Quantity): Quantity {
  const exact = exactValue(exponent);
  return exact === undefined ? exponential(exponent, base) : power(base, exact);
}

export function negated(quantity: Quantity): Quantity {
  return quantity.op === 'negate' ? quantity.of : unary('negate', quantity);
}

/** An integer the code spells out, such as a loop's count or an index. */
export function exactInteger(value: Value): number | undefined {
  const exact = exactValue(quantityOf(value));
  return exact !== undefined && exact.denominator === 1 ? exact.numerator : undefined;
}

/** What a function of numbers does, up to a constant factor. */
export type NumericFunction =
  | 'same'
  | 'whole-part'
  | 'root'
  | 'cube-root'
  | 'inverse-root'
  | 'inverse'
  | 'square'
  | 'logarithm'
  | 'logarithm-of-2'
  | 'logarithm-of-10'
  | 'exponential'
  | 'exponential-of-2'
  | 'bounded'
  | 'error-function'
  | 'power'
  | 'maximum'
  | 'minimum';

/** What a function gives, or undefined where it was not given numbers. */
export function applyNumeric(does: NumericFunction, args: readonly Value[]): Value | undefined {
  const made = appliedTo(does, args);
  return made && computedOfHeld(made, args);
}

function appliedTo(does: NumericFunction, args: readonly Value[]): Value | undefined {
  const [first, second] = args;
  if (first === undefined || !args.every(isNumericOption)) return undefined;
  const x = quantityOf(first);
  switch (does) {
    case 'same':
      return number(x);
    case 'whole-part':
      return number(wholePart(x));
    case 'root':
      return number(power(x, HALF));
    case 'inverse-root':
      return number(power(x, negateRational(HALF)));
    case 'cube-root':
      return number(power(x, THIRD));
    case 'inverse':
      return number(pair('divide', literal(1), x));
    case 'square':
      return number(pair('multiply', x, x));
    case 'logarithm':
      return number(logarithm(x, second && quantityOf(second)));
    case 'logarithm-of-2':
      return number(logarithm(x, TWO));
    case 'logarithm-of-10':
      return number(logarithm(x, TEN));
    case 'exponential':
      return number(exponential(x));
    case 'exponential-of-2':
      return number(raised(TWO, x));
    case 'bounded':
      return number(unary('steady', x));
    case 'error-function':
      return number(errorFunction(x));
    case 'power':
      return second === undefined ? UNKNOWN : number(raised(x, quantityOf(second)));
    default:
      return extreme(does, args);
  }
}

function extreme(does: 'maximum' | 'minimum', args: readonly Value[]): Value {
  const quantity = args.map(quantityOf).reduce((left, right) => pair(does, left, right));
  const measures = args.flatMap((one) => (one.kind === 'number' ? (one.measures ?? []) : []));
  return measures.length === 0 ? number(quantity) : { ...number(quantity), measures };
}

function isNumericOption(value: Value): boolean {
  return value.kind === 'either' ? value.options.every(isNumeric) : isNumeric(value);
}

/** Whether a value is computed from numbers, such as a rate over a ratio of widths: it is no setting. */
export function isMade(value: Value): boolean {
  if (value.kind === 'opaque') return value.fallback !== null && isMade(value.fallback);
  if (value.kind === 'unknown') return value.from !== undefined && value.from.size > 0;
  return (
    value.kind === 'number' && value.quantity.op !== 'symbol' && exactValue(value.quantity) === undefined
  );
}
