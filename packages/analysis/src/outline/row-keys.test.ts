import { expect, test } from 'vitest';
import { literal, pair, type Quantity, UNKNOWN_QUANTITY, unary } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { dimensionKeys } from './row-keys.ts';

const named = (name: string, value: Quantity | null = null): Quantity => ({
  op: 'symbol',
  symbol: { name, owner: null },
  value,
});
const [one, two] = [literal(1), literal(2)];
const width = named('width');
const isWidth = (symbol: WidthSymbol) => width.op === 'symbol' && symbol === width.symbol;
const keyOf = dimensionKeys(isWidth);

test('dimensions that are written alike have one key, and no others', () => {
  const twice = () => pair('multiply', two, width);
  expect(keyOf([twice(), width])).toBe(keyOf([twice(), width]));
  for (const other of [pair('multiply', width, two), pair('divide', two, width), named('width'), two])
    expect(keyOf([other])).not.toBe(keyOf([twice()]));
  expect(keyOf([width, two])).not.toBe(keyOf([two, width]));
});

test('a factor of 1, which no formula shows, keeps rows apart', () => {
  expect(keyOf([pair('multiply', width, one)])).not.toBe(keyOf([width]));
});

test('a number is its value, whatever it is called, unless it is a width', () => {
  expect(keyOf([named('classes', two)])).toBe(keyOf([two]));
  expect(keyOf([width])).not.toBe(keyOf([two]));
});

test('what is bounded is one, and so is what is not known', () => {
  expect(keyOf([unary('steady', width)])).toBe(keyOf([unary('steady', two)]));
  expect(keyOf([UNKNOWN_QUANTITY])).toBe(keyOf([UNKNOWN_QUANTITY]));
  expect(keyOf([UNKNOWN_QUANTITY])).not.toBe(keyOf([unary('steady', two)]));
  expect(keyOf(null)).toBe('?');
});
