import { describe, expect, test } from 'vitest';
import { list } from './containers.ts';
import { either, optionsOf, perhapsAbsent } from './either.ts';
import { type ListValue, type ObjectValue, text } from './value.ts';
import { sizeOf } from './value-size.ts';

test('what a list shares it shares with its items perhaps absent, so that a small graph is no endless tree', () => {
  let value: ListValue = list([{ kind: 'reference', qualified: 'torch' }]);
  for (let doubled = 0; doubled < 9; doubled++) value = list([value, value]);
  const absent = perhapsAbsent(value) as ListValue;
  expect(sizeOf(absent)).toBeGreaterThan(sizeOf(value));
  expect(absent.items[0]).toBe(absent.items[1]);
  expect(perhapsAbsent(value)).toBe(absent);
  expect(perhapsAbsent(absent)).toBe(absent);
});

test('a text that may be absent is a text: nothing is done to it', () => {
  expect(perhapsAbsent(list([text('a')]))).toMatchObject({ items: [text('a')], open: false });
});

describe('lists that ways have given another part of a model each', () => {
  const [wide, deep, gate] = [1, 2, 3].map((id) => ({ kind: 'object', id }) as ObjectValue) as [
    ObjectValue,
    ObjectValue,
    ObjectValue,
  ];
  const front = text('front');

  test('are one list with either of the parts, from three ways, too', () => {
    const value = either([list([front, wide]), list([front, deep]), list([front, gate])]);
    expect(value).toMatchObject({ kind: 'list', open: false, items: [front, { kind: 'either' }] });
    expect(optionsOf((value as ListValue).items[1] ?? front)).toEqual([wide, deep, gate]);
  });

  test.each([
    ['differ in two places', list([wide, deep]), list([deep, wide])],
    ['are tuples', list([front, wide], false, true), list([front, deep], false, true)],
    ['hold texts', list([front]), list([text('back')])],
    ['may go on', list([wide], true), list([deep], true)],
  ])('stay two where they %s', (_, one, other) => {
    expect(optionsOf(either([one, other]))).toEqual([one, other]);
  });
});
