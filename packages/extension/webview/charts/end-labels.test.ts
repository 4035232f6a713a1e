import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { spreadLabels } from './end-labels.ts';

test('labels that do not touch stay where they are', () => {
  expect(spreadLabels([80, 10, 40], 12, [0, 100])).toEqual([80, 10, 40]);
});

test('labels at one place are stacked', () => {
  expect(spreadLabels([50, 50, 50], 10, [0, 100])).toEqual([50, 60, 70]);
});

test.prop([fc.array(fc.integer({ min: -20, max: 120 }), { maxLength: 8 })])(
  'no two overlap, none leaves the frame, and their order is that of the curves',
  (wanted) => {
    const placed = spreadLabels(wanted, 12, [0, 100]);
    const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
    const sorted = order.map((index) => placed[index]!);
    for (const [index, place] of sorted.entries()) {
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(100);
      if (index > 0) expect(place - sorted[index - 1]!).toBeGreaterThanOrEqual(12);
    }
  },
);
