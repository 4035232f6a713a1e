import { expect, test } from 'vitest';
import { valueText } from './number-text.ts';

test.each([
  [0.4123, '0.412'],
  [0.45, '0.450'],
  [12.345, '12.3'],
  [999.4, '999'],
  [999.6, '1000'],
  [1234.5, '1235'],
  [12345, '12345'],
  [99_999.7, '1.00e5'],
  [0.0123, '0.0123'],
  [3.912e-5, '3.91e−5'],
  [-2.5e7, '−2.50e7'],
  [0, '0'],
  [null, '–'],
])('%d is written %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});
