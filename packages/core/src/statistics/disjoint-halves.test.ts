import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { disjointHalves } from './disjoint-halves.ts';

test('of three places are all three pairs, of four all three splits, of five all fifteen', () => {
  expect(disjointHalves(3)).toEqual([
    [[0], [1]],
    [[0], [2]],
    [[1], [2]],
  ]);
  expect([4, 5, 6, 7, 8].map((count) => disjointHalves(count).length)).toEqual([3, 15, 10, 70, 35]);
});

propertyTest.prop([fc.integer({ min: 2, max: 100 })])(
  'halves are disjoint and of one size, and every place stands in as many',
  (count) => {
    const stands = new Map<number, number>();
    for (const [left, right] of disjointHalves(count)) {
      expect([left.length, right.length]).toEqual([Math.floor(count / 2), Math.floor(count / 2)]);
      const both = new Set([...left, ...right]);
      expect(both.size).toBe(2 * Math.floor(count / 2));
      for (const place of both) stands.set(place, (stands.get(place) ?? 0) + 1);
    }
    expect([stands.size, new Set(stands.values()).size]).toEqual([count, 1]);
  },
);
