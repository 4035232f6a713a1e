import { expect, test } from 'vitest';
import { fractionText } from './fraction-text.ts';

test.each([
  [-0.25, '−¼'],
  [0.5, '+½'],
  [0, '0'],
  [1, '+1'],
  [-1.5, '−1.5'],
])('%d is written %s', (value, text) => {
  expect(fractionText(value)).toBe(text);
});
