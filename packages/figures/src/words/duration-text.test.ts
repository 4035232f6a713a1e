import { expect, test } from 'vitest';
import { durationText, forecastText } from './duration-text.ts';

test.each([
  [0.01, '0.1 s'],
  [0.2, '0.2 s'],
  [2.44, '2.4 s'],
  [8, '8 s'],
  [9.96, '10 s'],
  [42.4, '42 s'],
  [95, '95 s'],
  [120, '2 min'],
  [125, '2 min 5 s'],
  [5_999, '99 min 59 s'],
  [6_480, '1 h 48 min'],
  [7_200, '2 h'],
  [7_199.6, '2 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [0.2, '1 s'],
  [99, '99 s'],
  [130, '2 min'],
  [1_337, '22 min'],
  [6_480, '1 h 50 min'],
])('%d seconds ahead are %s', (seconds, text) => {
  expect(forecastText(seconds)).toBe(text);
});
