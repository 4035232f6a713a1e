import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { exponentToJson, parseExponent } from '../calculus/exponent.ts';
import { parseParametrization } from './parse-parametrization.ts';

const table8 = {
  input: { a: 0, b: 0, c: -1 },
  hidden: { a: 0, b: '1/2', c: 0 },
  output: { a: 1, b: 'zero', c: '-1' },
};

test('reads a parametrization with fractions and a zero initialization', () => {
  expect(parseParametrization({ name: 'mine', optimizer: 'adam', ...table8 }, 'file')).toEqual({
    name: 'mine',
    optimizer: 'adam',
    input: { a: 0, b: 0, c: -1 },
    hidden: { a: 0, b: 0.5, c: 0 },
    output: { a: 1, b: 'zero', c: -1 },
  });
});

test('a parametrization without a name takes that of its file, and SGD without an optimizer', () => {
  expect(parseParametrization(table8, 'file')).toMatchObject({ name: 'file', optimizer: 'sgd' });
});

test.for<[what: string, json: unknown, message: string]>([
  ['no object', 'mup', 'a parametrization: expected an object'],
  ['an array', [], 'a parametrization: expected an object'],
  [
    'a role that is missing',
    { ...table8, hidden: undefined },
    'hidden: expected an object with a, b, c, but it is missing',
  ],
  ['an exponent that is missing', { ...table8, output: { a: 1, b: 0 } }, 'output.c: expected a number'],
  [
    'a word for a number',
    { ...table8, input: { a: 'one', b: 0, c: 0 } },
    `input.a: expected a number or a text such as "1/2", got "one"`,
  ],
  ['a zero where only b may be', { ...table8, input: { a: 'zero', b: 0, c: 0 } }, 'input.a'],
  ['an infinite rate', { ...table8, input: { a: 0, b: 0, c: 'inf' } }, 'input.c'],
  ['a division by zero', { ...table8, hidden: { a: 0, b: '1/0', c: 0 } }, 'hidden.b'],
  [
    'an unknown optimizer',
    { ...table8, optimizer: 'lion' },
    `optimizer: expected one of sgd, adam, got "lion"`,
  ],
  ['an empty name', { ...table8, name: ' ' }, 'name: expected'],
  ['a misspelt field', { ...table8, ouput: {} }, `got 'ouput'`],
])('refuses %s and names the field', ([, json, message]) => {
  expect(() => parseParametrization(json, 'file')).toThrow(RangeError);
  expect(() => parseParametrization(json, 'file')).toThrow(message);
});

test.for<[string, number | 'zero']>([
  ['1/2', 0.5],
  ['-1', -1],
  ['−1/4', -0.25],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['+2', 2],
  [' 3/2 ', 1.5],
  ['-0', 0],
  ['inf', 'zero'],
])('reads %j as an exponent', ([text, exponent]) => {
  expect(parseExponent(text)).toBe(exponent);
});

test.for(['', '-', 'half', '1/0', '0/0', '1/2/3', '-inf', '1e3', 'NaN', '0x1', '1 2'])(
  'refuses %j as an exponent',
  (text) => {
    expect(() => parseExponent(text)).toThrow(RangeError);
  },
);

propertyTest.prop([fc.integer({ min: -99, max: 99 }), fc.integer({ min: 1, max: 99 })])(
  'a fraction is its quotient',
  (numerator, denominator) => {
    expect(parseExponent(`${numerator}/${denominator}`)).toBe(numerator / denominator + 0);
  },
);

test('JSON has no infinity: what has no finite exponent is null', () => {
  expect([0.5, Number.POSITIVE_INFINITY, null].map(exponentToJson)).toEqual([0.5, null, null]);
});
