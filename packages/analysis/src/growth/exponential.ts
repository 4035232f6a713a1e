import {
  alternativesOf,
  exactValue,
  literal,
  pair,
  power,
  type Quantity,
  sameQuantity,
  unary,
  wholePart,
} from './quantity.ts';
import { compare } from './rational.ts';

/** log_b x, of e where no other base is given. */
export function logarithm(of: Quantity, base: Quantity = NATURAL): Quantity {
  const natural = unary('logarithm', of);
  return isNatural(base) ? natural : pair('divide', natural, unary('logarithm', base));
}

/**
 * b^x for an exponent that is no number: what is taken to b after its logarithm of base b was is a power again.
 *
 *     e^(−½ log n) = n^−½        2^(8 − log₂ n) = 2⁸ / n
 *
 * Any other is the same at every width where b and x are.
 */
export function exponential(exponent: Quantity, base: Quantity = NATURAL): Quantity {
  return powerIn(exponent, base) ?? steadyPower(exponent, base);
}

/** What is 0 in some way, as a counter at its first round, makes 1 of the base, and nothing that falls with the width. */
function steadyPower(exponent: Quantity, base: Quantity): Quantity {
  const { others, mayBeZero } = withoutZero(exponent);
  if (others === null) return literal(1);
  const made = unary('steady', pair('either', base, others));
  return mayBeZero ? pair('either', literal(1), made) : made;
}

/** The numbers beside 0 that something may be; null for none. */
function withoutZero(of: Quantity): { readonly others: Quantity | null; readonly mayBeZero: boolean } {
  if (of.op === 'multiply' || of.op === 'divide') {
    const { others, mayBeZero } = withoutZero(of.left);
    if (!mayBeZero) return { others: of, mayBeZero };
    const made = others && pair(of.op, others, of.right);
    return { others: made && of.whole === true ? wholePart(made) : made, mayBeZero };
  }
  const all = alternativesOf(of);
  const others = all.filter((one) => exactValue(one)?.numerator !== 0);
  if (others.length === all.length) return { others: of, mayBeZero: false };
  const [first, ...rest] = others;
  return {
    others: first === undefined ? null : rest.reduce((left, right) => pair('either', left, right), first),
    mayBeZero: true,
  };
}

const NATURAL: Quantity = literal(Math.E);

function isNatural(base: Quantity): boolean {
  return base.op === 'symbol'
    ? base.value !== null && isNatural(base.value)
    : base.op === 'literal' && base.value === Math.E;
}

/** b^x where a logarithm is all of x but numbers that are added and multiplied with it; undefined for any other. */
function powerIn(exponent: Quantity, base: Quantity): Quantity | undefined {
  const argument = argumentOf(exponent, base);
  if (argument !== undefined) return argument;
  switch (exponent.op) {
    case 'symbol':
      return exponent.value === null ? undefined : powerIn(exponent.value, base);
    case 'negate': {
      const of = powerIn(exponent.of, base);
      return of && pair('divide', literal(1), of);
    }
    case 'add':
    case 'subtract': {
      const [left, right] = [powerIn(exponent.left, base), powerIn(exponent.right, base)];
      if (left === undefined && right === undefined) return undefined;
      const [one, other] = [
        left ?? steadyPower(exponent.left, base),
        right ?? steadyPower(exponent.right, base),
      ];
      return pair(exponent.op === 'add' ? 'multiply' : 'divide', one, other);
    }
    case 'multiply':
      return multiple(exponent.left, exponent.right, base) ?? multiple(exponent.right, exponent.left, base);
    case 'divide':
      return multiple(exponent.left, pair('divide', literal(1), exponent.right), base);
    default:
      return undefined;
  }
}

/** b^(x·q) for a number q. */
function multiple(exponent: Quantity, by: Quantity, base: Quantity): Quantity | undefined {
  const exact = exactValue(by);
  const of = exact && powerIn(exponent, base);
  return of && exact && power(of, exact);
}

/** x of log_b x. */
function argumentOf(exponent: Quantity, base: Quantity): Quantity | undefined {
  if (exponent.op === 'logarithm') return isNatural(base) ? exponent.of : undefined;
  if (exponent.op !== 'divide' || exponent.left.op !== 'logarithm') return undefined;
  const { left, right } = exponent;
  return right.op === 'logarithm' && isOneNumber(right.of, base) ? left.of : undefined;
}

function isOneNumber(one: Quantity, other: Quantity): boolean {
  const [mine, theirs] = [exactValue(one), exactValue(other)];
  return mine && theirs ? compare(mine, theirs) === 0 : sameQuantity(one, other);
}
