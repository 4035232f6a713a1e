import { expect, test } from 'vitest';
import { counted, listed, numberWord } from './counted.ts';

test('a count agrees with its noun', () => {
  expect([counted(1, 'run'), counted(2, 'run'), counted(0, 'run')]).toEqual(['1 run', '2 runs', '0 runs']);
});

test('small numbers are words, large ones digits', () => {
  expect([numberWord(5), numberWord(12)]).toEqual(['five', '12']);
});

test('a list whose names hold commas is parted by semicolons', () => {
  expect(listed(['NTP', 'IP', 'μP'])).toBe('NTP, IP and μP');
  expect(listed(['SP, η/n', 'NTP', 'μP'])).toBe('SP, η/n; NTP and μP');
  expect(listed(['μP'])).toBe('μP');
});
