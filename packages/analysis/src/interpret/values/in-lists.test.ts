import { expect, test } from 'vitest';
import { list } from './containers.ts';
import { inLists, someInLists } from './in-lists.ts';
import { NONE, UNKNOWN, type Value } from './value.ts';

test('a list that stands twice in another, and that twice in a third, is gone through once', () => {
  let value: Value = list([UNKNOWN, NONE]);
  for (let depth = 0; depth < 6; depth++) value = list([value, value]);
  expect(inLists(value)).toEqual([UNKNOWN, NONE]);
  expect(someInLists(value, ({ kind }) => kind === 'none')).toBe(true);
  expect(someInLists(value, ({ kind }) => kind === 'layer')).toBe(false);
});
