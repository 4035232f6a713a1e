import { expect, test } from 'vitest';
import { list } from './containers.ts';
import { perhapsAbsent } from './either.ts';
import { type ListValue, text } from './value.ts';
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
