import { expect, test } from 'vitest';
import { Variables } from './variables.ts';

test('a fork copies the names, and tells of it, where one of the two is first written to', () => {
  const copied: number[] = [];
  const first = new Variables([
    ['a', 1],
    ['b', 2],
  ]);
  const second = first.fork((count) => copied.push(count));
  expect(copied).toEqual([]);
  expect(first.isSameAs(second)).toBe(true);
  second.set('a', 3);
  second.set('c', 4);
  expect(copied).toEqual([2]);
  first.set('b', 5);
  expect(copied).toEqual([2, 2]);
  expect([...first]).toEqual([
    ['a', 1],
    ['b', 5],
  ]);
  expect([...second]).toEqual([
    ['a', 3],
    ['b', 2],
    ['c', 4],
  ]);
});
