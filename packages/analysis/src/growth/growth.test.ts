import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { exponential, logarithm } from './exponential.ts';
import { CONSTANT, eitherGrowth, isVanished, knownExponent, point, UNKNOWN_GROWTH } from './growth.ts';
import { type Growths, growthOf } from './growth-of.ts';
import { literal, pair, power, type Quantity, UNKNOWN_QUANTITY, unary, wholePart } from './quantity.ts';
import {
  add,
  compare,
  HALF,
  multiply,
  negate,
  ONE,
  type Rational,
  rationalFromDecimal,
  toNumber,
} from './rational.ts';

const WIDTH: Quantity = { op: 'symbol', symbol: { name: 'width', owner: null }, value: null };
const growths: Growths = {
  ofSymbol: ({ name }) => (name === 'width' ? point(ONE) : CONSTANT),
  ofNumber: () => CONSTANT,
};
const exponent = (quantity: Quantity) => knownExponent(growthOf(quantity, growths));

const quarters = fc.integer({ min: -12, max: 12 }).map((n): Rational => ({ numerator: n, denominator: 4 }));
const exact = quarters.map((quarter) => multiply(quarter, ONE)!);

describe('a fraction', () => {
  test.prop([exact, exact])('adds and compares as numbers do', (left, right) => {
    const sum = add(left, right);
    expect(sum && toNumber(sum)).toBe(toNumber(left) + toNumber(right) + 0);
    expect(Math.sign(compare(left, right)) + 0).toBe(Math.sign(toNumber(left) - toNumber(right)) + 0);
    expect(toNumber(multiply(left, right)!)).toBe(toNumber(left) * toNumber(right) + 0);
  });

  test('is read exactly from a literal', () => {
    const third = rationalFromDecimal('0.3');
    expect(third).toEqual({ numerator: 3, denominator: 10 });
    expect(rationalFromDecimal('5e-1')).toEqual(HALF);
    expect(rationalFromDecimal('1_000.')).toEqual({ numerator: 1000, denominator: 1 });
    expect(rationalFromDecimal('1e300')).toBeUndefined();
    expect(rationalFromDecimal('9007199254740993')).toBeUndefined();
    expect(rationalFromDecimal('3e2')).toEqual({ numerator: 300, denominator: 1 });
    expect(rationalFromDecimal('0x10')).toBeUndefined();
  });
});

/** An expression that is positive for every width, beside its logarithm as a function of log₁₀ n. */
interface Sample {
  readonly quantity: Quantity;
  readonly log: (logWidth: number) => number;
}

const OPERATIONS = {
  add: (x: number, y: number) => Math.max(x, y) + Math.log10(1 + 10 ** -Math.abs(x - y)),
  multiply: (x: number, y: number) => x + y,
  divide: (x: number, y: number) => x - y,
  maximum: Math.max,
  minimum: Math.min,
} as const;

const operation = fc.constantFrom('add', 'multiply', 'divide', 'maximum', 'minimum' as const);

const sample: fc.Arbitrary<Sample> = fc.letrec<{ any: Sample }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Sample>({ quantity: WIDTH, log: (logWidth) => logWidth }),
    fc
      .integer({ min: 1, max: 9 })
      .map((value): Sample => ({ quantity: literal(value), log: () => Math.log10(value) })),
    fc.tuple(tie('any'), tie('any'), operation).map(
      ([left, right, op]): Sample => ({
        quantity: pair(op, left.quantity, right.quantity),
        log: (logWidth) => OPERATIONS[op](left.log(logWidth), right.log(logWidth)),
      }),
    ),
    fc.tuple(tie('any'), fc.constantFrom(HALF, negate(HALF), ONE)).map(
      ([base, by]): Sample => ({
        quantity: power(base.quantity, by),
        log: (logWidth) => toNumber(by) * base.log(logWidth),
      }),
    ),
  ),
})).any;

describe('the growth of an expression', () => {
  test.prop([sample])('is the slope of its logarithm where width is huge', ({ quantity, log }) => {
    const known = exponent(quantity);
    fc.pre(known !== null);
    // at n = 10^1e6 slower terms are gone to the last bit; 1e6·2^−52 of rounding over a distance of 1e6 is left
    expect(Math.abs((log(2e6) - log(1e6)) / 1e6 - (known ?? 0))).toBeLessThan(1e-12);
  });

  test('of a difference is that of its faster part, or anything slower where both may cancel', () => {
    expect(exponent(pair('subtract', WIDTH, literal(1)))).toBe(1);
    const cancelling = growthOf(pair('subtract', WIDTH, WIDTH), growths);
    expect(knownExponent(cancelling)).toBeNull();
    expect(compare(cancelling.high, ONE)).toBe(0);
    expect(exponent(pair('add', { op: 'negate', of: literal(1) }, WIDTH))).toBe(1);
  });

  test('of zero vanishes, and takes what it multiplies with it', () => {
    expect(isVanished(growthOf(pair('multiply', literal(0), WIDTH), growths))).toBe(true);
    expect(isVanished(growthOf(pair('multiply', literal(0), UNKNOWN_QUANTITY), growths))).toBe(true);
    expect(growthOf(pair('divide', WIDTH, literal(0)), growths)).toEqual(UNKNOWN_GROWTH);
  });

  test('of what is rounded to a multiple is its own, also where that number may be a width', () => {
    const ofNumber = (value: number) => (value > 1 ? eitherGrowth(CONSTANT, point(ONE)) : CONSTANT);
    const mayBeWidth: Growths = { ...growths, ofNumber };
    const multiple = literal(256);
    const above = pair('subtract', pair('add', WIDTH, multiple), literal(1));
    const rounds = wholePart(pair('divide', above, multiple));
    const grown = (quantity: Quantity) => knownExponent(growthOf(quantity, mayBeWidth));
    expect(grown(pair('multiply', multiple, rounds))).toBe(1);
    expect(grown(pair('multiply', rounds, multiple))).toBe(1);
    expect(grown(pair('multiply', literal(128), rounds))).toBeNull();
    expect(grown(pair('multiply', multiple, wholePart(pair('divide', literal(300), multiple))))).toBeNull();
  });

  test('of the whole part of less than one is none', () => {
    const squared = pair('multiply', WIDTH, WIDTH);
    const rounded = pair('multiply', squared, wholePart(pair('divide', WIDTH, squared)));
    expect(growthOf(rounded, growths)).toEqual(UNKNOWN_GROWTH);
    expect(exponent(pair('multiply', squared, pair('divide', WIDTH, squared)))).toBe(1);
  });

  test('of one of two is every exponent between', () => {
    const either = growthOf(pair('either', WIDTH, literal(2)), growths);
    expect([toNumber(either.low), toNumber(either.high)]).toEqual([0, 1]);
    expect(exponent(pair('either', literal(3), literal(2)))).toBe(0);
  });

  test('of what holds where another number grows is its own there, and none where that does not', () => {
    const ratio: Quantity = { op: 'symbol', symbol: { name: 'ratio', owner: null }, value: null };
    const either = pair('either', WIDTH, literal(2));
    expect(exponent(pair('ifGrows', WIDTH, power(WIDTH, HALF)))).toBe(0.5);
    expect(exponent(pair('ifGrows', ratio, WIDTH))).toBe(0);
    expect(exponent(pair('ifGrows', either, WIDTH))).toBeNull();
    expect(exponent(pair('ifGrows', either, literal(3)))).toBe(0);
  });

  test('of a logarithm is no power, unless it is of what is the same at every width', () => {
    expect(exponent(logarithm(WIDTH))).toBeNull();
    expect(exponent(logarithm(pair('add', literal(1), pair('divide', literal(1), WIDTH))))).toBeNull();
    expect(exponent(logarithm(literal(2)))).toBe(0);
  });

  test('of what is taken to the base of a logarithm is that of its argument', () => {
    const log = logarithm(WIDTH);
    const log2 = logarithm(WIDTH, literal(2));
    const half = pair('divide', unary('negate', log), literal(2));
    expect(exponent(exponential(log))).toBe(1);
    expect(exponent(exponential(half))).toBe(-0.5);
    expect(exponent(exponential(pair('subtract', literal(8), log2), literal(2)))).toBe(-1);
    expect(exponent(exponential(log2))).toBeNull();
    expect(exponent(exponential(WIDTH, literal(2)))).toBeNull();
    expect(exponent(exponential(literal(-3)))).toBe(0);
  });

  test('of a base to the power of a counter is that of a number, also where the counter begins with 0', () => {
    const every: Quantity = { op: 'symbol', symbol: { name: 'every', owner: null }, value: null };
    const counter = pair('either', literal(0), pair('add', literal(0), unary('steady', literal(1))));
    for (const of of [counter, pair('divide', counter, every), wholePart(pair('divide', counter, every))])
      expect(exponent(exponential(pair('multiply', of, literal(3)), literal(0.5)))).toBe(0);
    expect(exponent(exponential(pair('divide', literal(0), WIDTH), literal(2)))).toBe(0);
    expect(exponent(exponential(pair('multiply', counter, WIDTH), literal(0.5)))).toBeNull();
    expect(exponent(exponential(counter, WIDTH))).toBeNull();
  });
});

test('a number that doubles in a long loop is soon unknown, and never walked for ever', () => {
  let doubled: Quantity = { op: 'symbol', symbol: { name: 'width', owner: null }, value: null };
  for (let step = 0; step < 64; step++) doubled = pair('add', doubled, doubled);
  expect(growthOf(doubled, growths)).toEqual(growthOf(UNKNOWN_QUANTITY, growths));
});
