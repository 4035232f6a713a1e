import { expect, test } from 'vitest';
import { counted, durationText, valueText } from './number-format.ts';

test.each([
  [0.4123, '0.412'],
  [0.45, '0.450'],
  [12.345, '12.3'],
  [1234.5, '1235'],
  [0.0123, '0.0123'],
  [3.912e-5, '3.91e−5'],
  [-2.5e7, '−2.50e7'],
  [0, '0'],
  [null, '–'],
])('%d is written %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test.each([
  [0.2, '1 s'],
  [42.4, '42 s'],
  [125, '2 min 5 s'],
  [7_300, '2 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test('a count agrees with its noun', () => {
  expect([counted(1, 'run'), counted(2, 'run'), counted(0, 'run')]).toEqual(['1 run', '2 runs', '0 runs']);
});
