import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { linearDomain, linearTicks, stepTicks } from './linear-axis.ts';

const positive = fc.double({ min: 1e-12, max: 1e12, noNaN: true });

test.prop([positive, fc.double({ min: 1, max: 1.05, noNaN: true })])(
  'a curve that grows a little moves its axis by whole steps or not at all',
  (top, growth) => {
    const [, before] = linearDomain([0, top]);
    const [, after] = linearDomain([0, top * growth]);
    expect(before).toBeGreaterThanOrEqual(top * (1 - 1e-8));
    expect(after === before || after / before > 1.19).toBe(true);
  },
);

test('an axis stands before anything is known, and above nothing', () => {
  expect([linearDomain(null), linearDomain([0, 0])]).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

test.each([
  [1, '0 0.2 0.4 0.6 0.8 1.0'],
  [1.5, '0 0.5 1.0 1.5'],
  [0.3, '0 0.1 0.2 0.3'],
  [8, '0 2 4 6 8'],
  [4000, '0 1000 2000 3000 4000'],
])('an axis up to %d is ticked at %s', (high, expected) => {
  const ticks = linearTicks([0, high]);
  expect(ticks.map(({ text }) => text).join(' ')).toBe(expected);
  expect(ticks.map(({ value }) => value)).toEqual(ticks.map(({ text }) => Number(text)));
});

test.each([
  [4, '0 1 2 3 4'],
  [10, '0 2 4 6 8 10'],
  [97, '0 20 40 60 80 97'],
  [101, '0 50 101'],
  [1, '0 1'],
  [0, '0'],
])('%d steps are ticked at %s', (steps, expected) => {
  expect(
    stepTicks(steps)
      .map(({ text }) => text)
      .join(' '),
  ).toBe(expected);
});
