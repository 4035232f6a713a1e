import { expect, test } from 'vitest';
import { formatSlope, formatTick, formatValue } from './number-format.ts';

test.each([
  [0, '0'],
  [0.4123, '0.412'],
  [12345, '1.2e4'],
  [2.5e-6, '2.5e−6'],
  [-0.5, '−0.500'],
])('the value %d reads %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

test.each([
  [-0.52, -0.57, -0.47, '−0.52 ±0.05'],
  [0.071, 0.021, 0.121, '+0.07 ±0.05'],
  [0.001, -0.02, 0.022, '0.00 ±0.02'],
])('the slope %d in [%d, %d] reads %s', (value, low, high, text) => {
  expect(formatSlope(value, low, high)).toBe(text);
});

test.each([
  [0, '0'],
  [1.5, '1.5'],
  [1024, '1024'],
  [0.01, '0.01'],
  [1e-3, '10⁻³'],
  [2e-12, '2·10⁻¹²'],
  [1e5, '10⁵'],
])('the tick %d reads %s', (value, text) => {
  expect(formatTick(value)).toBe(text);
});
