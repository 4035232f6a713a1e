import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { linearRange, logRange, logTicks } from './axis-range.ts';

const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });

test.prop([positive, positive])(
  'a logarithmic axis holds what it is for, with a step of room at most',
  (a, b) => {
    const extent = [Math.min(a, b), Math.max(a, b)] as const;
    const [low, high] = logRange(extent);
    // A step is at most a factor of 1.5; rounding to it is tolerated to 1e-9.
    expect(low).toBeLessThanOrEqual(extent[0] * (1 + 1e-8));
    expect(low).toBeGreaterThan(extent[0] / 1.51);
    expect(high).toBeGreaterThanOrEqual(extent[1] * (1 - 1e-8));
    expect(high).toBeGreaterThanOrEqual(4 * low);
  },
);

test.prop([positive, fc.double({ min: 1, max: 1.05, noNaN: true })])(
  'a curve that grows a little moves its axis by whole steps or not at all',
  (top, growth) => {
    const [, before] = linearRange([0, top]);
    const [, after] = linearRange([0, top * growth]);
    expect(after === before || after / before > 1.19).toBe(true);
  },
);

test('an axis stands before anything is known', () => {
  expect(linearRange(null)).toEqual([0, 1]);
  expect(logRange(null)).toEqual([0.1, 1]);
});

test('ticks are few and inside', () => {
  expect(logTicks([0.05, 1])).toBeCloseToAll([0.05, 0.1, 0.2, 0.5, 1], { rtol: 1e-15 * 4 });
  for (const range of [
    [0.05, 1],
    [1e-6, 0.1],
    [1e-15, 1e3],
    [0.02, 0.15],
  ] as const) {
    const ticks = logTicks(range);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks.every((tick) => tick >= range[0] * 0.999 && tick <= range[1] * 1.001)).toBe(true);
  }
});
