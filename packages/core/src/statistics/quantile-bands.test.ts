import { expect, test } from 'vitest';
import { bandDistance, quantileBands } from './quantile-bands.ts';

test('a band is the mean of its share of all values, in whatever order they come', () => {
  const values = Float64Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? at : 64 - at));
  const bands = quantileBands(values);
  expect(bands).toHaveLength(32);
  expect([bands[0], bands[1], bands[31]]).toEqual([0.5, 2.5, 62.5]);
});

test('values that do not part evenly count by shares, and their mean stays', () => {
  const bands = quantileBands(Float64Array.of(3, 0, 9));
  expect(bands[0]).toBe(0);
  expect(bands[31]).toBe(9);
  // The eleventh band has two thirds of a value at 0 and one third at 3.
  expect(bands[10]).toBeCloseTo(1, 12);
  expect(bands.reduce((sum, value) => sum + value, 0) / 32).toBeCloseTo(4, 12);
});

test('a law that is shifted is as far away as it is shifted', () => {
  const values = Float64Array.from({ length: 50 }, (_, at) => Math.sin(at));
  expect(bandDistance(quantileBands(values), quantileBands(values.map((value) => value + 0.3)))).toBeCloseTo(
    0.3,
    12,
  );
});
