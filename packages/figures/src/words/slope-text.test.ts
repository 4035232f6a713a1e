import { expect, test } from 'vitest';
import { slopeText } from './slope-text.ts';

test.each([
  [-0.52, -0.57, -0.47, '−0.52 ± 0.05'],
  [0.071, 0.021, 0.121, '+0.07 ± 0.05'],
  [-0.001, -0.022, 0.02, '0.00 ± 0.02'],
  [null, null, null, '?'],
])('the slope %d in [%d, %d] reads %s', (value, low, high, text) => {
  expect(slopeText({ value, low, high })).toBe(text);
});
