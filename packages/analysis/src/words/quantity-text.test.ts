import { expect, test } from 'vitest';
import { literal, type PairOperation, pair, power, type Quantity } from '../growth/quantity.ts';
import { HALF } from '../growth/rational.ts';
import { quantityText } from './quantity-text.ts';

const text = (quantity: Quantity) => quantityText(quantity, () => true);
const make = (op: PairOperation, left: Quantity, right: Quantity): Quantity => pair(op, left, right);
const [two, three, five] = [2, 3, 5].map((value) => literal(value)) as [Quantity, Quantity, Quantity];

test('parentheses stand where a reader needs them', () => {
  const product = make('multiply', make('multiply', two, three), five);
  expect(text(product)).toBe('2·3·5');
  expect(text(make('multiply', two, make('multiply', three, five)))).toBe('2·3·5');
  expect(text(make('subtract', make('add', make('divide', product, three), five), two))).toBe(
    '2·3·5/3 + 5 − 2',
  );
  expect(text(make('subtract', five, make('add', two, three)))).toBe('5 − (2 + 3)');
  expect(text(make('multiply', make('add', two, three), five))).toBe('(2 + 3)·5');
  expect(text(make('multiply', make('divide', two, three), five))).toBe('(2/3)·5');
  expect(text(make('divide', two, make('multiply', three, five)))).toBe('2/(3·5)');
  expect(text(power(make('divide', two, three), HALF))).toBe('√(2/3)');
});

test('a factor of 1 is not written, nor what mup takes off again', () => {
  const one = literal(1);
  expect(text(make('multiply', one, make('divide', five, one)))).toBe('5');
  expect(text(make('multiply', five, make('divide', one, make('ifGrows', two, one))))).toBe('5');
  expect(text(make('divide', three, make('ifGrows', two, three)))).toBe('3');
  expect(text(make('divide', two, two))).toBe('2/2');
});
