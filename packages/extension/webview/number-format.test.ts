import { expect, test } from 'vitest';
import { formatTick } from './number-format.ts';

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
