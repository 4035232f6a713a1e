import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { spreadLabels } from './spread-labels.ts';

const wishes = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 12 });

test.prop([wishes])('labels keep their distance, their order and the axis', (wished) => {
  const places = spreadLabels(wished, 15, [0, 200]);
  const order = wished.map((_, index) => index).sort((left, right) => places[left]! - places[right]!);
  for (const [rank, index] of order.entries()) {
    expect(places[index]).toBeGreaterThanOrEqual(-1e-9);
    expect(places[index]).toBeLessThanOrEqual(200 + 1e-9);
    if (rank === 0) continue;
    const before = order[rank - 1]!;
    expect(places[index]! - places[before]!).toBeGreaterThanOrEqual(15 - 1e-9);
    expect(wished[index]!).toBeGreaterThanOrEqual(wished[before]!);
  }
});

test('labels that do not touch stay where they are', () => {
  expect(spreadLabels([100, 10, 50], 15, [0, 200])).toEqual([100, 10, 50]);
});

test('two that coincide part evenly', () => {
  expect(spreadLabels([100, 100], 15, [0, 200])).toEqual([92.5, 107.5]);
});

test('labels at one place are moved alike to both sides', () => {
  expect(spreadLabels([50, 50, 50], 10, [0, 100])).toEqual([40, 50, 60]);
});
