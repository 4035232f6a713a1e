import { literal, type Quantity, unary } from './quantity.ts';
import { toNumber } from './rational.ts';

/** erf of a number that the code spells out, to six places; of another one, what is the same at every width where that is. */
export function errorFunction(of: Quantity): Quantity {
  const x = literalValue(of);
  return x === undefined ? unary('steady', of) : literal(Math.round(erf(x) * 1e6) / 1e6);
}

/** The value of a number made of literals, their roots among them. */
export function literalValue(quantity: Quantity): number | undefined {
  switch (quantity.op) {
    case 'literal':
      return quantity.value;
    case 'symbol':
      return quantity.value === null ? undefined : literalValue(quantity.value);
    case 'negate': {
      const value = literalValue(quantity.of);
      return value === undefined ? undefined : -value;
    }
    case 'power': {
      const base = literalValue(quantity.base);
      return base === undefined ? undefined : base ** toNumber(quantity.exponent);
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const [left, right] = [literalValue(quantity.left), literalValue(quantity.right)];
      return left === undefined || right === undefined ? undefined : OPERATIONS[quantity.op](left, right);
    }
    default:
      return undefined;
  }
}

const OPERATIONS = {
  add: (left: number, right: number) => left + right,
  subtract: (left: number, right: number) => left - right,
  multiply: (left: number, right: number) => left * right,
  divide: (left: number, right: number) => left / right,
} as const;

/** Abramowitz and Stegun 7.1.26, off by at most 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series = COEFFICIENTS.reduceRight((sum, each) => (sum + each) * t, 0);
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

const COEFFICIENTS = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429] as const;
