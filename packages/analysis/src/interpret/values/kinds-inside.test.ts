import { expect, test } from 'vitest';
import { literal } from '../../growth/quantity.ts';
import { dict, generator, list, openList, withEntries, withItems } from './containers.ts';
import { either } from './either.ts';
import { bitOf, kindsIn } from './kinds-inside.ts';
import { partial } from './partial.ts';
import { NONE, number, text, UNKNOWN } from './value.ts';
import { sizeOf } from './value-size.ts';

const NUMBER = number(literal(2));
const TEXTS = list([text('a'), NONE]);

test('a container holds the kinds of all in it, however deep, and of nothing else', () => {
  const inside = bitOf(NUMBER) | bitOf(TEXTS) | bitOf(NONE);
  expect(kindsIn(list([list([NUMBER]), TEXTS]))).toBe(inside);
  expect(kindsIn(dict(new Map([['one', list([NUMBER])]])))).toBe(bitOf(TEXTS) | bitOf(NUMBER));
  expect(kindsIn(either([NONE, list([NUMBER])]))).toBe(inside);
  expect(kindsIn(partial(UNKNOWN, { positional: [NUMBER], named: new Map(), open: false }))).toBe(
    bitOf(NUMBER),
  );
  expect([kindsIn(TEXTS), kindsIn(list([])), kindsIn(NUMBER)]).toEqual([bitOf(NONE), 0, 0]);
});

test('what is made of a container has what is in that, or what is given instead', () => {
  for (const made of [generator(TEXTS), openList(TEXTS.items, 1)])
    expect([sizeOf(made), kindsIn(made)]).toEqual([3, bitOf(NONE)]);
  const others = withItems({ ...TEXTS, once: true }, [NUMBER]);
  expect(others.once).toBe(true);
  expect([sizeOf(others), kindsIn(others)]).toEqual([2, bitOf(NUMBER)]);
  const entries = withEntries(dict(new Map([['one', NONE]])), new Map([['one', TEXTS]]));
  expect([sizeOf(entries), kindsIn(entries)]).toEqual([4, bitOf(TEXTS) | bitOf(NONE)]);
});
