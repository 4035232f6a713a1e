import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { logDomain, logScale, logTicks } from './axis-scale.ts';

const value = fc.double({ min: -12, max: 12, noNaN: true }).map((exponent) => Math.exp(Math.LN10 * exponent));

test('decades are ticked once there are two of them', () => {
  expect(logTicks(8e-5, 0.2).map(({ text }) => text)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹']);
  expect(logTicks(0.05, 20).map(({ text }) => text)).toEqual(['0.1', '1', '10']);
});

test('a shorter axis is ticked at 1, 2 and 5', () => {
  expect(logTicks(0.3, 2.5).map(({ text }) => text)).toEqual(['0.5', '1', '2']);
});

test('an end of the axis that misses its tick by a rounding keeps it', () => {
  expect(logTicks(1.0000000000000002, 4).map(({ text }) => text)).toEqual(['1', '2']);
});

test.each([1.1, 2.2, 4.4, 9.9, 40.00000004])('an axis around %d alone has two ticks', (only) => {
  expect(logTicks(...logDomain([only])).length).toBeGreaterThanOrEqual(2);
});

test.prop([fc.array(value, { minLength: 1, maxLength: 8 })])(
  'any values give a domain that holds them with at least two ticks, all inside and ascending',
  (values) => {
    const [low, high] = logDomain(values);
    expect(low).toBeLessThan(Math.min(...values));
    expect(high).toBeGreaterThan(Math.max(...values));
    const ticks = logTicks(low, high);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    for (const [index, tick] of ticks.entries()) {
      expect(tick.value).toBeGreaterThanOrEqual(low * (1 - 1e-9));
      expect(tick.value).toBeLessThanOrEqual(high * (1 + 1e-9));
      if (index > 0) expect(tick.value).toBeGreaterThan(ticks[index - 1]!.value);
    }
    expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
  },
);

test('equal ratios are equal distances', () => {
  const scale = logScale([1, 100], [0, 200]);
  expect([1, 10, 100].map(scale.position)).toBeCloseToAll([0, 100, 200]);
});
