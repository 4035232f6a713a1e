import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Extent } from './extent.ts';
import { logDomain, logTicks } from './log-axis.ts';

const value = fc.double({ min: -12, max: 12, noNaN: true }).map((exponent) => Math.exp(Math.LN10 * exponent));
const extent = fc.tuple(value, value).map(([a, b]): Extent => [Math.min(a, b), Math.max(a, b)]);
const texts = (range: Extent): string[] => logTicks(range).map(({ text }) => text);

test('decades are ticked once there are three of them', () => {
  expect(texts([8e-5, 0.2])).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹']);
  expect(texts([0.05, 20])).toEqual(['0.1', '1', '10']);
});

test('between two decades and three it is ticked at 1 and 3', () => {
  expect(texts([0.05, 4])).toEqual(['0.1', '0.3', '1', '3']);
  expect(texts([2e-6, 5e-4])).toEqual(['3·10⁻⁶', '10⁻⁵', '3·10⁻⁵', '10⁻⁴', '3·10⁻⁴']);
});

test('a shorter axis is ticked at 1, 2 and 5', () => {
  expect(texts([0.3, 2.5])).toEqual(['0.5', '1', '2']);
  expect(texts([2e4, 2e5])).toEqual(['2·10⁴', '5·10⁴', '10⁵', '2·10⁵']);
});

test('an end of the axis that misses its tick by a rounding keeps it', () => {
  expect(texts([1.0000000000000002, 4])).toEqual(['1', '2']);
});

test('a tick is the number that its text says', () => {
  const plain = logTicks([0.05, 4]);
  expect(plain.map(({ value }) => value)).toEqual(plain.map(({ text }) => Number(text)));
});

test.each([1.1, 2.2, 4.4, 9.9, 40.00000004])('an axis around %d alone has two ticks', (only) => {
  expect(logTicks(logDomain([only, only])).length).toBeGreaterThanOrEqual(2);
});

test.prop([extent])(
  'an axis holds what it is for, with two steps of room at most, and few ticks',
  (values) => {
    const [low, high] = logDomain(values);
    expect(low).toBeLessThan(values[0]);
    expect(high).toBeGreaterThan(values[1]);
    // A step is at most a factor of 1.5 and the air 1.05; below five to one the axis is widened to it.
    expect(high / low).toBeLessThanOrEqual(Math.max(5 * 1.5, (values[1] / values[0]) * (1.05 * 1.51) ** 2));
    expect(high / low).toBeGreaterThanOrEqual(5 * (1 - 1e-9));
    const ticks = logTicks([low, high]);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(7);
    for (const [index, tick] of ticks.entries()) {
      expect(tick.value).toBeGreaterThanOrEqual(low * (1 - 1e-9));
      expect(tick.value).toBeLessThanOrEqual(high * (1 + 1e-9));
      if (index > 0) expect(tick.value).toBeGreaterThan(ticks[index - 1]!.value);
    }
    expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
  },
);

test.prop([value, fc.double({ min: 1, max: 1.05, noNaN: true })])(
  'a curve that grows a little moves its axis by whole steps or not at all',
  (top, growth) => {
    const [, before] = logDomain([top / 100, top]);
    const [, after] = logDomain([top / 100, top * growth]);
    expect(after === before || after / before > 1.19).toBe(true);
  },
);

test('an axis stands before anything is known', () => {
  expect(logDomain(null)).toEqual([0.1, 1]);
});
