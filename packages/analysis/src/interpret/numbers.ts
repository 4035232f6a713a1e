import {
  exactValue,
  literal,
  type PairOperation,
  pair,
  power,
  type Quantity,
  UNKNOWN_QUANTITY,
} from '../growth/quantity.ts';
import { HALF, negate as negateRational } from '../growth/rational.ts';
import { number, UNKNOWN, type Value } from './value.ts';

/** A value as a number: what comes from outside is a symbol, what is not a number is unknown. */
export function quantityOf(value: Value): Quantity {
  switch (value.kind) {
    case 'number':
      return value.quantity;
    case 'opaque':
      return { op: 'symbol', name: value.name, value: null };
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
  '//': 'divide',
};

/** left ∘ right for numbers. A remainder is unknown. */
export function arithmetic(operator: string, left: Quantity, right: Quantity): Quantity {
  if (operator === '**') return raised(left, right);
  const operation = OPERATIONS[operator];
  return operation === undefined ? UNKNOWN_QUANTITY : pair(operation, left, right);
}

/** x^q is understood where q is made of literals. */
function raised(base: Quantity, exponent: Quantity): Quantity {
  const exact = exactValue(exponent);
  return exact === undefined ? UNKNOWN_QUANTITY : power(base, exact);
}

export function negated(quantity: Quantity): Quantity {
  return quantity.op === 'negate' ? quantity.of : { op: 'negate', of: quantity };
}

/** An integer the code spells out, such as a loop's count or an index. */
export function exactInteger(value: Value): number | undefined {
  const exact = exactValue(quantityOf(value));
  return exact !== undefined && exact.denominator === 1 ? exact.numerator : undefined;
}

const ROUNDING: ReadonlySet<string> = new Set([
  'builtins.int',
  'builtins.float',
  'builtins.round',
  'builtins.abs',
  'math.floor',
  'math.ceil',
  'math.fabs',
  'numpy.floor',
  'numpy.ceil',
  'torch.tensor',
  'torch.as_tensor',
]);
const ROOTS: ReadonlySet<string> = new Set(['math.sqrt', 'numpy.sqrt', 'torch.sqrt', 'cmath.sqrt']);
const POWERS: ReadonlySet<string> = new Set(['math.pow', 'numpy.power', 'torch.pow', 'builtins.pow']);
const LOGARITHMS: ReadonlySet<string> = new Set(['math.log', 'math.log2', 'math.log10', 'numpy.log']);

/** What a function of numbers gives, or undefined where `qualified` is none, or was not given numbers. */
export function numericCall(qualified: string, args: readonly Value[]): Value | undefined {
  const [first, second] = args;
  if (first === undefined || !args.every(isNumericOption)) return undefined;
  const x = quantityOf(first);
  if (ROUNDING.has(qualified)) return number(x);
  if (ROOTS.has(qualified)) return number(power(x, HALF));
  if (qualified === 'torch.rsqrt') return number(power(x, negateRational(HALF)));
  if (LOGARITHMS.has(qualified)) return number({ op: 'logarithm', of: x });
  if (POWERS.has(qualified)) return second === undefined ? UNKNOWN : number(raised(x, quantityOf(second)));
  if (qualified === 'builtins.max')
    return number(args.map(quantityOf).reduce((l, r) => pair('maximum', l, r)));
  if (qualified === 'builtins.min')
    return number(args.map(quantityOf).reduce((l, r) => pair('minimum', l, r)));
  return undefined;
}

function isNumericOption(value: Value): boolean {
  return value.kind === 'either' ? value.options.every(isNumeric) : isNumeric(value);
}

/** Numbers that libraries name. */
export const CONSTANTS: ReadonlyMap<string, Quantity> = new Map([
  ['math.pi', literal(Math.PI)],
  ['math.e', literal(Math.E)],
  ['math.tau', literal(2 * Math.PI)],
  ['numpy.pi', literal(Math.PI)],
  ['torch.pi', literal(Math.PI)],
]);
