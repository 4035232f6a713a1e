import { expect, test } from 'vitest';
import { literal } from '../../growth/quantity.ts';
import { list } from './containers.ts';
import { either } from './either.ts';
import { replacing } from './replaced-parts.ts';
import { NONE, number, type Value } from './value.ts';

const ONE = number(literal(1));
const replaced = (before: Value, after: Value) => replacing(new Map([[before, after]]));

test('what holds a list that has changed holds what has become of it, however deep', () => {
  const before = list([ONE]);
  const after = list([ONE, ONE]);
  const inside = list([NONE, list([before])]);
  const now = replaced(before, after)(inside);
  expect(now).toMatchObject({ items: [NONE, { items: [after] }] });
  expect(replaced(before, after)(either([NONE, before]))).toMatchObject({ options: [NONE, after] });
});

test('what holds a number or a copy of a list that has changed is found, whenever it was made', () => {
  const holder = list([list([ONE])]);
  expect(replaced(ONE, NONE)(holder)).toMatchObject({ items: [{ items: [NONE] }] });
  const before = list([ONE]);
  const copy: Value = { ...before, once: true };
  expect(replaced(copy, NONE)(list([copy]))).toMatchObject({ items: [NONE] });
  expect(replaced(before, NONE)(before)).toBe(NONE);
});

test('a list of which it is not known when it was made may hold any', () => {
  const before = list([ONE]);
  const made: Value = { kind: 'list', items: [before], open: false };
  expect(replaced(before, NONE)(made)).toMatchObject({ items: [NONE] });
});

test('what was there before a list that has changed stays the same', () => {
  const earlier = list([list([ONE])]);
  const before = list([ONE]);
  expect(replaced(before, NONE)(earlier)).toBe(earlier);
});
